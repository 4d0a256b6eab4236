package fieldwork_test

import (
	"strings"
	"testing"

	"surveyd/internal/fieldwork"
)

func TestEveryBadRowOfARosterIsNamedAndNothingIsUsed(t *testing.T) {
	const head = "student_id,grade,language,site,group\n"
	cases := []struct{ name, csv, want string }{
		{"doubled id", head + "7,5,en,North,5A\n8,5,en,North,5A\n7,6,en,North,6A\n", `line 4: column student_id: "7" stands on line 2 already`},
		{"bad grade", head + "7,13,en,North,5A\n", `line 2: column grade: "13" is no grade; write TK, K or 1 to 12`},
		{"bad UTF-8", head + "7,5,en,Nor\xffth,5A\n", "line 2: the row is not valid UTF-8"},
		{"formula", head + "7,5,en,=HYPERLINK(1),5A\n", `line 2: column site: "=HYPERLINK(1)" begins like a spreadsheet formula`},
		{"formula in disguise", head + "7,5,en,North,＝cmd\n", `line 2: column group: "＝cmd" begins like a spreadsheet formula`},
		{"formula in a heading", "student_id,grade,language,site,group,@x\n7,5,en,North,5A,1\n", "line 1: column @x: the heading begins like a spreadsheet formula"},
		{"bad language", head + "7,5,spanish,North,5A\n", `line 2: column language: "spanish" is no language code`},
		{"empty field", head + "7,5,en,,5A\n", "line 2: column site: the field is empty"},
		{"role", "student_id,grade,language,site,group,role\n7,,en,North,5A,janitor\n", `line 2: column role: "janitor" is no role; write student, family or staff`},
		{"no grade column", "student_id,language,site,group,role\n7,en,North,5A,staff\n", "line 1: column grade: the column is missing; where nobody has a grade, leave its cells empty"},
		{"missing column", "student_id,grade,language,site\n7,5,en,North\n", "line 1: column group: the column is missing"},
		{"semicolons", "student_id;grade;language;site;group\n", "separate the columns with commas"},
		{"doubled heading", "student_id,grade,language,site,group,site\n", "line 1: column site: the heading stands twice"},
		{"too many fields", head + "7,5,en,North,5A,extra\n", "line 2: the row has 6 fields, the heading has 5"},
		{"stray quote", head + "7,5,en,No\"rth,5A\n", "line 2: a double quote is out of place"},
		{"line break in a field", head + "7,5,en,\"No\nrth\",5A\n", "line 2: column site: the field contains a control character or line break"},
		{"empty file", "", "line 1: the file is empty"},
		{"no students", head, "line 2: the roster has nobody in it"},
	}
	for _, c := range cases {
		list, problems, err := fieldwork.ReadRoster(strings.NewReader(c.csv))
		if err != nil || list != nil {
			t.Errorf("%s: %v, %v; want problems only", c.name, list, err)
		}
		found := false
		for _, p := range problems {
			found = found || strings.Contains(p.String(), c.want)
		}
		if !found {
			t.Errorf("%s: problems are %v; want %q among them", c.name, problems, c.want)
		}
	}
}

func TestARosterAsSchoolsSaveItIsRead(t *testing.T) {
	const csv = "\ufeffStudent_ID, Grade ,language,site,group,Name,gpa\r\n 0042 ,k,ES,North,\"5A, morning\",Ana,-1.5\r\n\r\n43,05,en,North,5B,,\r\n"
	list, problems, err := fieldwork.ReadRoster(strings.NewReader(csv))
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	first := list[0]
	if first.Student != "0042" || first.Grade != "K" || first.Language != "es" || first.Group != "5A, morning" || first.Name != "Ana" {
		t.Errorf("first row is %+v", first)
	}
	if len(first.Attributes) != 1 || first.Attributes[0] != (fieldwork.Attribute{Name: "gpa", Value: "-1.5"}) {
		t.Errorf("attributes are %v", first.Attributes)
	}
	if list[1].Grade != "5" || len(list[1].Attributes) != 0 {
		t.Errorf("second row is %+v", list[1])
	}
}

func TestImportingARosterAgainSaysWhatChanges(t *testing.T) {
	s := newSchool(t)
	change := s.importRoster(t, "student_id,grade,language,site,group,name,enrolled\n1001,5,en,North,5A,Ana Ruiz,yes\n1002,6,es,North,6A,Luis Paz,no\n1009,4,en,South,4C,,\n")
	if len(change.Added) != 1 || len(change.Changed) != 1 || len(change.Unchanged) != 1 || change.NotInFile != 1 {
		t.Errorf("change is %d added, %d changed, %d unchanged, %d not in the file", len(change.Added), len(change.Changed), len(change.Unchanged), change.NotInFile)
	}
}

func FuzzReadRoster(f *testing.F) {
	f.Add(smallRoster)
	f.Add("\ufeffstudent_id,grade,language,site,group\n\"a\"\"b\",K,es,x,y\n")
	f.Fuzz(func(t *testing.T, csv string) {
		list, problems, err := fieldwork.ReadRoster(strings.NewReader(csv))
		if err == nil && (len(list) == 0) == (len(problems) == 0) {
			t.Errorf("%d participants and %d problems", len(list), len(problems))
		}
		seen := map[fieldwork.StudentID]bool{}
		for _, p := range list {
			if p.Student == "" || p.Site == "" || p.Group == "" || seen[p.Student] {
				t.Errorf("participant %+v", p)
			}
			seen[p.Student] = true
		}
	})
}

func TestAPlanCountsAdultsAndStudentsWithoutAGrade(t *testing.T) {
	s := newMixedSchool(t)
	change := s.importRoster(t, strings.Replace(mixedRoster, "s8,8,es,South,8C,", "s8,8,es,South,8C,staff", 1))
	if change.InFile(fieldwork.RoleStudent) != 4 || change.InFile(fieldwork.RoleFamily) != 2 || change.InFile(fieldwork.RoleStaff) != 2 {
		t.Errorf("the file has %d students, %d family, %d staff", change.InFile(fieldwork.RoleStudent), change.InFile(fieldwork.RoleFamily), change.InFile(fieldwork.RoleStaff))
	}
	if change.WithoutGrade() != 1 {
		t.Errorf("%d students have no grade, want 1", change.WithoutGrade())
	}
	if change.Roles != 1 || len(change.Changed) != 1 {
		t.Errorf("%d of %d changed have another role", change.Roles, len(change.Changed))
	}
}

func TestARoleIsNoAttribute(t *testing.T) {
	list, problems, err := fieldwork.ReadRoster(strings.NewReader("student_id,grade,language,site,group,role,club\nt1,,en,North,Staff,STAFF,chess\n"))
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	if list[0].Role != fieldwork.RoleStaff || len(list[0].Attributes) != 1 || list[0].Attributes[0].Name != "club" {
		t.Errorf("the row is %+v", list[0])
	}
}
