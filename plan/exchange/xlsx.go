package exchange

import (
	"bytes"
	"io"

	"github.com/xuri/excelize/v2"

	"padome/internal/problem"
	"padome/plan"
)

const sheetName = "Darba plāns"

// mostSheets is in how many sheets of a workbook the plan is looked for.
const mostSheets = 20

// readXLSX reads a plan from the first sheet of a workbook that has its head.
func readXLSX(raw []byte) (plan.Plan, []plan.Unplaced, error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked, RawCellValue: true,
	})
	if err != nil {
		return plan.Plan{}, nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	defer f.Close()
	names := f.GetSheetList()
	for _, name := range names[:min(len(names), mostSheets)] {
		s, err := sheetOf(f, name)
		if err != nil {
			return plan.Plan{}, nil, err
		}
		if s.headed() {
			return s.read()
		}
	}
	return plan.Plan{}, nil, missingColumns("", kindColumn, numberColumn, textColumn)
}

func sheetOf(f *excelize.File, name string) (*sheet, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	defer rows.Close()
	s := &sheet{name: name, first: 1}
	for rows.Next() {
		row, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
		}
		if len(row) > mostColumns || len(s.rows) >= mostRows {
			return nil, tooMuch()
		}
		s.rows = append(s.rows, row)
	}
	if rows.Error() != nil {
		return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	return s, nil
}

// widths of the columns, in characters.
var widths = []float64{18, 8, 90, 40, 18, 12}

// writeXLSX writes the records as one sheet; every cell is text, so that nothing
// in it is a formula.
func writeXLSX(w io.Writer, p *plan.Plan) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	head, body, err := styles(f)
	if err != nil {
		return err
	}
	s, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	for i, width := range widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, row := range append([][]string{columns}, records(p)...) {
		style := body
		if i == 0 {
			style = head
		}
		values := make([]any, len(row))
		for j, v := range row {
			values[j] = excelize.Cell{StyleID: style, Value: v}
		}
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := s.SetRow(cell, values); err != nil {
			return err
		}
	}
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// styles are those of the head and of all other cells: text, wrapped.
func styles(f *excelize.File) (head, body int, err error) {
	const text = 49 // the number format of text
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top"}
	if body, err = f.NewStyle(&excelize.Style{NumFmt: text, Alignment: wrap}); err != nil {
		return 0, 0, err
	}
	head, err = f.NewStyle(&excelize.Style{NumFmt: text, Alignment: wrap, Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}}})
	return head, body, err
}
