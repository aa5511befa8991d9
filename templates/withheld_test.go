package templates

func init() {
	row := WithheldRow{What: "2. Par līgumu", Reason: "komercnoslēpums", Name: "V. Uzvārde", Href: "/sessions/1/minutes/withheld/1"}
	choice := []Choice{{Value: "passage", Text: "Teksta fragments"}}
	form := Form{Fields: MinutesWithheldFields}
	samples["nothing withheld"] = MinutesWithheld{Form: form, Title: "Nepubliskojamais", Path: "/sessions/1/minutes", About: choice, Grounds: choice}
	samples["something withheld"] = MinutesWithheld{Form: form, Title: "Nepubliskojamais", Path: "/sessions/1/minutes", About: choice, Grounds: choice,
		Marks: []WithheldRow{row}, Formats: []Link{{Text: "PDF", Href: "/api/v1/sessions/1/minutes/public.pdf"}}, Public: true}
	lift := MinutesLift{Rows: []Row{{Name: "Kas", Value: "2. punkts"}}, Back: "/sessions/1/minutes/withheld"}
	samples["a mark to be taken away"] = lift
	lift.Public = true
	samples["a mark to be taken away from what is public"] = lift
}
