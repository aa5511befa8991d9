package web

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

// op describes what a route takes and gives: in is the JSON body, out the
// answer's, as Go values of their types; query names its parameters.
type op struct {
	summary string
	in, out any
	query   string
	other   string // media type of an answer that is no JSON
	status  int    // 0: 200
}

// workingDaysAnswer is what workingDays answers with.
type workingDaysAnswer struct {
	Before council.Date `json:"before"`
	N      int          `json:"n"`
	Latest council.Date `json:"latest"`
}

const paged = " limit after"

// described is every route of the API. A new one needs a line here.
var described = map[string]op{
	"GET /api/v1/todo":         {summary: "What the caller has to do, the most urgent first", out: listing[office.Todo]{}, query: paged},
	"GET /api/v1/search":       {summary: "What everybody may read and has the words looked for: what has most of them first, then the newest", out: listing[foundView]{}, query: "q" + paged},
	"GET /healthz":             {summary: "Whether the program runs", out: state{}},
	"GET /readyz":              {summary: "Whether requests can be answered", out: state{}},
	"GET /api/v1/openapi.yaml": {summary: "This description", other: "application/yaml"},
	"POST /api/v1/login":       {summary: "Log in by name and password", in: loginRequest{}, out: loginAnswer{}},
	"POST /api/v1/logout":      {summary: "End this login", status: 204},
	"GET /api/v1/me":           {summary: "Who is logged in, and their mandates today", out: meAnswer{}},
	"POST /api/v1/password":    {summary: "Change one's own password; every other login ends", in: passwordRequest{}, out: loginAnswer{}},

	"GET /api/v1/people":          {summary: "The register of people", out: listing[council.Person]{}, query: paged},
	"POST /api/v1/people":         {summary: "Add a person", in: personRequest{}, out: council.Person{}, status: 201},
	"GET /api/v1/people/:id":      {summary: "One person", out: council.Person{}},
	"PUT /api/v1/people/:id":      {summary: "Change a person", in: personRequest{}, out: council.Person{}},
	"GET /api/v1/mandates":        {summary: "All mandates there ever were", out: listing[council.Mandate]{}, query: paged},
	"POST /api/v1/mandates":       {summary: "Give a mandate; nobody gives one to themselves", in: mandateRequest{}, out: council.Mandate{}, status: 201},
	"PUT /api/v1/mandates/:id":    {summary: "Change a mandate", in: mandateRequest{}, out: council.Mandate{}},
	"GET /api/v1/delegations":     {summary: "The council's delegates to other bodies, past ones too", out: listing[council.Delegation]{}, query: paged},
	"POST /api/v1/delegations":    {summary: "Send somebody to another body in the council's name", in: delegationRequest{}, out: council.Delegation{}, status: 201},
	"PUT /api/v1/delegations/:id": {summary: "Change a delegation", in: delegationRequest{}, out: council.Delegation{}},
	"GET /api/v1/groups":          {summary: "The working groups; members and lead are for those who hold a mandate", out: listing[groupView]{}, query: paged},
	"POST /api/v1/groups":         {summary: "Add a working group", in: newGroupRequest{}, out: groupView{}, status: 201},
	"PUT /api/v1/groups/:id":      {summary: "Change a working group", in: groupRequest{}, out: groupView{}},

	"GET /api/v1/settings":              {summary: "The council's settings", out: council.Settings{}},
	"PUT /api/v1/settings":              {summary: "Change the settings", in: settingsRequest{}, out: council.Settings{}},
	"GET /api/v1/calendar":              {summary: "Moved working days and holidays that no rule gives", out: council.Calendar{}},
	"PUT /api/v1/calendar":              {summary: "Change the calendar", in: calendarRequest{}, out: council.Calendar{}},
	"GET /api/v1/calendar/working-days": {summary: "The last day that is not later than n working days before a day", out: workingDaysAnswer{}, query: "before n"},

	"GET /api/v1/accounts":              {summary: "The accounts, by name", out: listing[accountView]{}, query: paged},
	"POST /api/v1/accounts":             {summary: "Make an account for a person, with the one-time link by which they set their password", in: accountRequest{}, out: linkAnswer{}, status: 201},
	"POST /api/v1/accounts/:id/reset":   {summary: "Make a one-time link for a new password", out: linkAnswer{}, status: 201},
	"POST /api/v1/accounts/:id/disable": {summary: "End every login of an account and allow no new one", out: accountView{}},
	"POST /api/v1/accounts/:id/enable":  {summary: "Let the owner of an account log in again", out: accountView{}},

	"GET /api/v1/plan":            {summary: "The newest revision of the work plan", out: plan.Plan{}},
	"GET /api/v1/plans":           {summary: "The revisions of the plan, oldest first", out: listing[planLine]{}, query: paged},
	"POST /api/v1/plans":          {summary: "Import a plan from its JSON form, DOCX, XLSX, CSV or the text of its PDF; from the second revision on with the digest of the preview", in: plan.Plan{}, out: importAnswer{}, status: 201, query: " digest follows"},
	"GET /api/v1/plans/:revision": {summary: "One revision of the plan", out: plan.Plan{}},
	"GET /api/v1/plans/:revision/tasks/:measure/:task/decisions": {summary: "Decisions linked to a task as it reads in one revision", out: listing[decisionView]{}, query: paged},
	"GET /api/v1/assignments":                                    {summary: "Who is responsible for which task, and until when, with how the deadline stands", out: listing[assignmentView]{}, query: paged},
	"POST /api/v1/assignments":                                   {summary: "Record who is responsible for a task of the newest revision", in: assignmentRequest{}, out: assignmentView{}, status: 201},

	"GET /api/v1/principles":                                 {summary: "All versions of the agenda principles", out: listing[agenda.Principles]{}, query: paged},
	"POST /api/v1/principles":                                {summary: "Record the next version as the working groups agreed it", in: principlesRequest{}, out: agenda.Principles{}, status: 201},
	"GET /api/v1/principles/:version":                        {summary: "One version of the principles", out: agenda.Principles{}},
	"GET /api/v1/principles/diff":                            {summary: "What one set of principles has otherwise than another, rule by rule; a and b are the number of a version or the id of a proposed set", out: principlesChangesAnswer{}, query: "a b"},
	"GET /api/v1/principles/compare":                         {summary: "The past sessions of a span rebuilt under two sets of principles, with what would have been otherwise, item by item", out: agenda.PrinciplesComparison{}, query: "a b from until"},
	"GET /api/v1/principles/overrides":                       {summary: "How often each soft rule was gone against, and agendas changed by hand; versions not approved count for those who prepare and approve", out: agenda.GoneAgainst{}, query: "from until"},
	"GET /api/v1/principles/drafts":                          {summary: "Proposed principles that the caller may see, the newest first", out: listing[principlesDraftView]{}, query: paged},
	"POST /api/v1/principles/drafts":                         {summary: "Propose principles for a working group, based on the newest version", in: principlesDraftRequest{}, out: principlesDraftView{}, status: 201},
	"GET /api/v1/principles/drafts/:id":                      {summary: "One proposed set with the working groups that still have to agree", out: principlesDraftView{}},
	"PUT /api/v1/principles/drafts/:id":                      {summary: "Change what is proposed; agreements to what it said before are void", in: principlesContent{}, out: principlesDraftView{}},
	"PUT /api/v1/principles/drafts/:id/groups":               {summary: "Say which working groups must agree", in: requiredRequest{}, out: principlesDraftView{}},
	"PUT /api/v1/principles/drafts/:id/agreements/:group":    {summary: "Record a working group's agreement to the set as it reads now", in: agreementRequest{}, out: principlesDraftView{}},
	"DELETE /api/v1/principles/drafts/:id/agreements/:group": {summary: "Give up an agreement recorded by mistake", out: principlesDraftView{}},
	"POST /api/v1/principles/drafts/:id/remarks":             {summary: "Remark on a proposed set, or on one rule of it", in: remarkRequest{}, out: principlesDraftView{}},
	"POST /api/v1/principles/drafts/:id/withdraw":            {summary: "Take a proposed set back", in: reasonRequest{}, out: principlesDraftView{}},
	"POST /api/v1/principles/drafts/:id/reject":              {summary: "Record that the working groups did not agree", in: reasonRequest{}, out: principlesDraftView{}},
	"POST /api/v1/principles/drafts/:id/adopt":               {summary: "Make the next version of a set that every required working group agreed to", out: agenda.Principles{}, status: 201},
	"GET /api/v1/rules":                                      {summary: "The catalogue of rules in the caller's language", out: listing[ruleView]{}, query: paged},

	"GET /api/v1/sessions":                            {summary: "Sessions in the order of their days", out: listing[sessionView]{}, query: "from until newest" + paged},
	"POST /api/v1/sessions":                           {summary: "Plan a session", in: sessionRequest{}, out: sessionView{}, status: 201},
	"GET /api/v1/sessions/:id":                        {summary: "One session", out: sessionView{}},
	"PUT /api/v1/sessions/:id":                        {summary: "Change what was planned; approvals of its agenda are void", in: sessionRequest{}, out: sessionView{}},
	"POST /api/v1/sessions/:id/cancel":                {summary: "Give up a session that has not opened", in: reasonRequest{}, out: sessionView{}},
	"POST /api/v1/sessions/:id/open":                  {summary: "Open a convened session", in: openRequest{}, out: sessionView{}},
	"POST /api/v1/sessions/:id/close":                 {summary: "Close a session of which every item has an outcome", in: closeRequest{}, out: sessionView{}},
	"GET /api/v1/sessions/:id/deadlines":              {summary: "Every deadline of a session, with the rule that sets it", out: listing[deadlineView]{}, query: paged},
	"POST /api/v1/sessions/:id/observers":             {summary: "Sign up as an observer of a convened session, without an account; the id in the answer withdraws it", in: observerRequest{}, out: council.Observer{}, status: 201},
	"GET /api/v1/sessions/:id/observers":              {summary: "Who signed up as an observer", out: listing[council.Observer]{}, query: paged},
	"GET /api/v1/observers":                           {summary: "How many observers’ personal data is kept, by session, and until when", out: listing[office.Kept]{}},
	"DELETE /api/v1/observers":                        {summary: "Erase observers’ data that is past its time", status: 204},
	"DELETE /api/v1/sessions/:id/observers":           {summary: "Remove all who signed up, once they are needed no more", status: 204},
	"DELETE /api/v1/sessions/:id/observers/:observer": {summary: "Withdraw one who signed up, by the id given then", status: 204},
	"POST /api/v1/sessions/:id/items":                 {summary: "Add an item to the agenda of an open session, with the vote that brought it on", in: addItemRequest{}, out: addedView{}, status: 201},
	"POST /api/v1/sessions/:id/items/:item/documents": {summary: "Add a document to an item that the session added: as for proposals", out: addedView{}, query: "name", status: 201},
	"GET /api/v1/presiding":                           {summary: "Whose turn it is to preside on a day, and why", out: turnView{}, query: "date"},

	"GET /api/v1/proposals":                          {summary: "Proposals, the newest first, each with where it is; with ?mine=true the caller's own that wait", out: listing[proposalView]{}, query: "mine" + paged},
	"POST /api/v1/proposals":                         {summary: "Hand in a proposal", in: proposalRequest{}, out: proposalView{}, status: 201},
	"GET /api/v1/proposals/:id":                      {summary: "One proposal with where it is and what was decided on it", out: proposalView{}},
	"PUT /api/v1/proposals/:id":                      {summary: "Change an open proposal; its documents stay, the check of its earlier wording falls", in: proposalRequest{}, out: proposalView{}},
	"POST /api/v1/proposals/on-behalf":               {summary: "Enter what an institution or organisation sent, with the day it came", in: onBehalfRequest{}, out: proposalView{}, status: 201},
	"POST /api/v1/proposals/:id/return":              {summary: "Return a proposal to its proposer with a question", in: questionRequest{}, out: proposalView{}},
	"POST /api/v1/proposals/:id/answer":              {summary: "Answer the secretariat's question and submit the proposal again", in: answerRequest{}, out: proposalView{}},
	"POST /api/v1/proposals/:id/ready":               {summary: "Mark that the secretariat checked a proposal", out: proposalView{}},
	"POST /api/v1/proposals/:id/confirm":             {summary: "Confirm a joint proposal in the name of one's side", out: proposalView{}},
	"GET /api/v1/deadlines":                          {summary: "The coming sessions with the days by which proposals come in and the agenda goes out", out: listing[comingView]{}, query: paged},
	"GET /api/v1/backlog":                            {summary: "All that waits for the council, the oldest first, with where it is, the next session it can come to and why it was last left out", out: listing[pendingView]{}, query: "where side measure" + paged},
	"POST /api/v1/proposals/:id/withdraw":            {summary: "Take an open proposal back", in: reasonRequest{}, out: proposalView{}},
	"POST /api/v1/proposals/:id/urgent":              {summary: "Mark that a late proposal may not wait", out: proposalView{}},
	"PUT /api/v1/proposals/:id/opinion":              {summary: "Record what a working group said of a waiting proposal: by the secretariat or the group's lead", in: agenda.Opinion{}, out: proposalView{}},
	"POST /api/v1/proposals/:id/waive":               {summary: "Mark that a proposal may be decided without a working group's opinion", out: proposalView{}},
	"POST /api/v1/proposals/:id/documents":           {summary: "Add a document: the file is the body, its kind the Content-Type, its name ?name= or the Content-Disposition", out: proposalView{}, query: "name", status: 201},
	"DELETE /api/v1/proposals/:id/documents/:sha256": {summary: "Take a document off an open proposal", out: proposalView{}},
	"GET /api/v1/documents/:sha256":                  {summary: "A document, to be saved", other: "application/octet-stream"},
	"GET /api/v1/carried":                            {summary: "Matters that wait since a session postponed them", out: listing[agenda.Candidate]{}, query: paged},
	"POST /api/v1/carried/:id/settle":                {summary: "The leads' way out for a matter postponed too often", in: settleRequest{}, out: agenda.Candidate{}},

	"GET /api/v1/preview":                                              {summary: "The agenda that the principles would give the session of a day; changes nothing", out: agenda.Draft{}, query: "date"},
	"GET /api/v1/forecast":                                             {summary: "The sessions to come under the principles: what comes on when, which obligations cannot be met, and what would meet them; changes nothing", out: agenda.Outlook{}, query: "from sessions"},
	"GET /api/v1/sessions/:id/agenda":                                  {summary: "The agenda with its working draft", out: agendaView{}},
	"POST /api/v1/sessions/:id/agenda/build":                           {summary: "Build the draft anew under the principles", out: agendaView{}},
	"PUT /api/v1/sessions/:id/agenda/order":                            {summary: "Put the draft's items into an order; those not named are taken out, candidates named come on", in: orderRequest{}, out: agendaView{}},
	"PUT /api/v1/sessions/:id/agenda/items/:item":                      {summary: "Change what an item of the draft says", in: itemRequest{}, out: agendaView{}},
	"PUT /api/v1/sessions/:id/agenda/items/:item/placement":            {summary: "Set an item's section, the break before it and its promised time", in: agenda.Placement{}, out: agendaView{}},
	"PUT /api/v1/sessions/:id/agenda/items/:item/allotment":            {summary: "Give an item of the draft another kind or other minutes, for a reason", in: allotmentRequest{}, out: agendaView{}},
	"POST /api/v1/sessions/:id/agenda/overrides":                       {summary: "Keep the reason for going against a soft rule", in: overrideRequest{}, out: agendaView{}},
	"POST /api/v1/sessions/:id/agenda/submit":                          {summary: "Freeze the draft as a version that waits for the leads", out: agendaView{}},
	"POST /api/v1/sessions/:id/agenda/approve":                         {summary: "Approve the version of this digest", in: proofRequest{}, out: agendaView{}},
	"POST /api/v1/sessions/:id/agenda/request-changes":                 {summary: "Return the version of this digest with a comment", in: changesRequest{}, out: agendaView{}},
	"GET /api/v1/sessions/:id/agenda/versions":                         {summary: "The submitted versions with what the leads said", out: listing[agenda.Version]{}, query: paged},
	"GET /api/v1/sessions/:id/agenda/versions/:number":                 {summary: "The content of a version; 0 or approved is the one both leads approved, which is public", out: versionView{}},
	"GET /api/v1/sessions/:id/record":                                  {summary: "What has been recorded of a session so far", out: recordView{}},
	"PUT /api/v1/sessions/:id/attendance":                              {summary: "Replace the list of who took part", in: attendanceRequest{}, out: minutes.Attendance{}},
	"PUT /api/v1/sessions/:id/items/:item/course":                      {summary: "Record who reported and who spoke on an item", in: courseRequest{}, out: minutes.Treatment{}},
	"PUT /api/v1/sessions/:id/items/:item/times":                       {summary: "Record when an item began and ended", in: timesRequest{}, out: minutes.Treatment{}},
	"PUT /api/v1/sessions/:id/items/:item/vote":                        {summary: "Record the vote on an item; null takes it away", in: voteRequest{}, out: minutes.Treatment{}},
	"PUT /api/v1/sessions/:id/items/:item/outcome":                     {summary: "Record how an item ended", in: outcomeRequest{}, out: minutes.Treatment{}},
	"POST /api/v1/sessions/:id/items/:item/decisions":                  {summary: "Add a clause to what is decided on an item; the revision is that of the item's treatment", in: minutes.Clause{}, out: decisionView{}, status: 201},
	"GET /api/v1/decisions":                                            {summary: "Decisions of a session; those that state, addressee or measure choose of all; else those still to be carried out", out: listing[decisionView]{}, query: "session open state addressee measure" + paged},
	"GET /api/v1/decisions/:id":                                        {summary: "One decision", out: decisionView{}},
	"PUT /api/v1/decisions/:id":                                        {summary: "Put a clause in other words while its session is open", in: minutes.Clause{}, out: decisionView{}},
	"DELETE /api/v1/decisions/:id":                                     {summary: "Give up an item's last clause, taken by mistake; answers with the item's treatment", out: minutes.Treatment{}},
	"POST /api/v1/decisions/:id/progress":                              {summary: "Report on carrying out a decision; the council finds later whether what is claimed holds", in: minutes.Report{}, out: decisionView{}},
	"GET /api/v1/sessions/:id/minutes":                                 {summary: "The minutes", out: minutesView{}},
	"GET /api/v1/sessions/:id/minutes/missing":                         {summary: "What the minutes still lack", out: listing[missingView]{}},
	"POST /api/v1/sessions/:id/minutes/draft":                          {summary: "Draft the minutes from the record, or renew the draft; what people edited stays", out: minutesView{}},
	"PUT /api/v1/sessions/:id/minutes/items/:item":                     {summary: "Change the text of one item", in: partRequest{}, out: minutesView{}},
	"PUT /api/v1/sessions/:id/minutes/annexes":                         {summary: "Replace the list of annexes", in: annexesRequest{}, out: minutesView{}},
	"POST /api/v1/sessions/:id/minutes/finalise":                       {summary: "Fix the minutes: number, digest, PDF", out: minutesView{}},
	"POST /api/v1/sessions/:id/minutes/sign":                           {summary: "Sign off the content of this digest", in: proofRequest{}, out: minutesView{}},
	"GET /api/v1/history/:kind/:id":                                    {summary: "What happened to one record, newest first", out: listing[entryView]{}, query: paged},
	"GET /api/v1/sessions/:id/papers.zip":                              {summary: "The papers of a session that one may read, with SHA256SUMS, as one file", other: "application/zip"},
	"GET /api/v1/overview":                                             {summary: "The next session, what happened lately, and drafts to comment on", out: overviewView{}},
	"POST /api/v1/sessions/:id/minutes/signed":                         {summary: "Bring back the minutes signed electronically: the file (PDF, .edoc, .asice) is the body, its kind the Content-Type, its name ?name= or the Content-Disposition. It is verified, and refused with every reason or kept as it came", out: minutesView{}, query: "name"},
	"POST /api/v1/sessions/:id/minutes/corrections/:correction/signed": {summary: "Bring back a correction signed electronically, as the minutes themselves", out: correctionView{}, query: "name"},
	"GET /api/v1/sessions/:id/minutes/corrections/:correction/signed":  {summary: "The file of a correction with its electronic signatures, byte for byte as it came back, for those inside", other: "application/octet-stream"},
	"GET /api/v1/sessions/:id/minutes/signed":                          {summary: "The file with the electronic signatures, byte for byte as it came back, for those inside", other: "application/octet-stream"},
	"GET /api/v1/people/:id/certificate":                               {summary: "The serial number in the subject of a person's certificates, for those who keep the register", out: minutes.Subject{}},
	"PUT /api/v1/people/:id/certificate":                               {summary: "Say by which serial number a person's signatures are known", in: subjectRequest{}, out: minutes.Subject{}},
	"GET /api/v1/trust":                                                {summary: "The certificates that signatures are checked against", out: trustView{}},
	"PUT /api/v1/trust":                                                {summary: "Replace them by those of a PEM text; an empty one brings back the national ones", in: trustRequest{}, out: trustView{}},
	"POST /api/v1/sessions/:id/minutes/circulate":                      {summary: "Send the draft to those who attended, for comments", out: minutesView{}},
	"GET /api/v1/sessions/:id/minutes/comments":                        {summary: "Comments on the draft: all for those who prepare it and the leads, one's own for others", out: listing[minutes.Comment]{}},
	"POST /api/v1/sessions/:id/minutes/comments":                       {summary: "Comment on the circulated draft, as one who attended", in: minutes.Saying{}, out: minutes.Comment{}, status: 201},
	"PUT /api/v1/sessions/:id/minutes/comments/:comment/answer":        {summary: "Accept or reject a comment, with an answer", in: replyRequest{}, out: minutes.Comment{}},
	"GET /api/v1/sessions/:id/minutes/changes":                         {summary: "How the text differs from the circulated draft, item by item, for those who commented", out: listing[minutes.PartChange]{}},
	"GET /api/v1/sessions/:id/minutes/dissents":                        {summary: "Dissenting opinions of members on the session", out: listing[minutes.Dissent]{}},
	"POST /api/v1/sessions/:id/minutes/dissents":                       {summary: "File a dissenting opinion; it is attached to the minutes", in: dissentRequest{}, out: minutes.Dissent{}, status: 201},
	"GET /api/v1/sessions/:id/minutes/dissents/:dissent":               {summary: "The file of an opinion", other: "application/pdf"},
	"POST /api/v1/sessions/:id/minutes/items/:item/take-drafted":       {summary: "Give up the edited text of one item for the drafted one", out: minutesView{}},
}
