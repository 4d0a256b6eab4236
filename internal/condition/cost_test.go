package condition

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A file of conditions comes from anywhere. These took minutes each: every comparison was tried in each of 65536 worlds.
func TestTheCostliestConditionIsCheckedAtOnce(t *testing.T) {
	scope := Scope{Earlier: map[string]ItemType{}}
	for i := range 8 {
		scope.Earlier[fmt.Sprintf("q%d", i)] = ItemType{Kind: ChoiceItem, Ordered: true, Codes: []Code{
			{Text: "1", Number: 1, IsNumber: true}, {Text: "2", Number: 2, IsNumber: true}, {Text: "9", Number: 9, IsNumber: true, Missing: true}}}
	}
	var many ItemType
	many.Kind, many.Ordered = ChoiceItem, true
	for i := range 20_000 {
		many.Codes = append(many.Codes, Code{Text: fmt.Sprint(i), Number: float64(i), IsNumber: true, Missing: i > 19_990})
	}
	scope.Earlier["m"] = many
	var one, two, three []string
	for i := range 280 {
		one = append(one, fmt.Sprintf("q%d >= 2", i%8))
		three = append(three, "m >= "+fmt.Sprint(i))
	}
	for i := range 120 {
		two = append(two, fmt.Sprintf("(q%d >= 2 or q%d >= 2)", i%8, (i+3)%8))
	}
	for _, src := range []string{strings.Join(one, " and "), strings.Join(two, " and "), strings.Join(three, " and ")} {
		tree, problem := Parse(src)
		if problem != nil {
			t.Fatal(problem)
		}
		start := time.Now()
		Check(tree, scope)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s... took %s", src[:40], took)
		}
	}
}

func TestAHintNamesFewOfVeryManyCodesOrItems(t *testing.T) {
	scope := Scope{Earlier: map[string]ItemType{}}
	var many ItemType
	for i := range 5000 {
		many.Codes = append(many.Codes, Code{Text: fmt.Sprint(i), Number: float64(i), IsNumber: true})
		scope.Earlier[fmt.Sprintf("item%d", i)] = ItemType{Kind: NumberItem}
	}
	many.Kind = ChoiceItem
	scope.Earlier["m"] = many
	for _, src := range []string{"m == 777777", "nothing_like_it == 1"} {
		tree, problem := Parse(src)
		if problem != nil {
			t.Fatal(problem)
		}
		list := Check(tree, scope)
		if len(list) != 1 || len(list[0].Hint) > 300 {
			t.Errorf("%s: %d problems: %.400v", src, len(list), list)
		}
	}
}
