// Package browser holds the tests that drive the program in a real browser, over
// the data of the demonstration. Whatever they need and the machine lacks,
// scripts/tools installs; without it they are left out, and say so.
package browser
