package main

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/csvfile"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

func runCodes(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("codes", flag.ContinueOnError)
	id := fs.String("administration", "", "`ID` of the administration")
	out := fs.String("out", "", "`FILE` to write instead of standard output")
	reissue := fs.String("reissue", "", "replace the code of one `STUDENT_ID`; the old code dies")
	d, code := openFor(ctx, p, fs, args, 0)
	if d == nil {
		return code
	}
	defer d.Close()
	if *id == "" {
		return p.misuse(fs, fmt.Errorf("name an administration with --administration ID; surveyd administration list shows them"))
	}
	a, err := findAdministration(ctx, d, *id)
	if err != nil {
		return p.fail("codes", err)
	}
	sheet, err := codeSheet(ctx, d, a.ID, fieldwork.StudentID(*reissue))
	if err != nil {
		return p.fail("codes", err)
	}
	if err := d.staff.Audit(ctx, staff.Event{Who: staff.CommandLine, Action: "codes.print", Object: *id, Detail: plural(len(sheet), "code")}); err != nil {
		return p.fail("codes", err)
	}
	err = writeOut(*out, p.stdout, func(w io.Writer) error { return writeCodes(w, sheet) })
	if err != nil {
		return p.fail("codes", err)
	}
	return exitOK
}

func codeSheet(ctx context.Context, d *data, id fieldwork.AdministrationID, reissue fieldwork.StudentID) ([]fieldwork.SheetCode, error) {
	if reissue == "" {
		return d.fieldwork.CodeSheet(ctx, id)
	}
	pseudonym := d.keys.Pseudonym(reissue)
	_, err := d.store.Participant(ctx, pseudonym)
	if errors.Is(err, fault.ErrNotFound) {
		return nil, fmt.Errorf("there is no student %q on the roster", reissue)
	}
	if err != nil {
		return nil, err
	}
	event := staff.Event{Who: staff.CommandLine, Action: "codes.reissue", Object: string(id), Detail: string(pseudonym)}
	if err := d.staff.Audit(ctx, event); err != nil {
		return nil, err
	}
	one, err := d.fieldwork.ReissueCode(ctx, id, reissue)
	return []fieldwork.SheetCode{one}, err
}

// writeCodes writes a code sheet as CSV. It is the one place where names and codes stand together.
func writeCodes(w io.Writer, sheet []fieldwork.SheetCode) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"site", "group", "student_id", "name", "role", "grade", "language", "code"}}
	for _, s := range sheet {
		q := s.Participant
		row := []string{string(q.Site), string(q.Group), string(q.Student), q.Name, s.For.String(), string(q.Grade), string(q.Language), s.Code}
		for i := range row {
			row[i] = csvfile.Defuse(row[i])
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}
