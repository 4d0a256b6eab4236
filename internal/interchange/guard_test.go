package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// replaced gives a workbook with some parts written anew; a writer may write as much as it likes.
func replaced(t testing.TB, book []byte, parts map[string]func(io.Writer)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		if parts[f.Name] == nil {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, write := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(part)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// peakHeap runs work and gives the most bytes of heap that were in use beside what was there before.
func peakHeap(work func()) uint64 {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			runtime.ReadMemStats(&now)
			most.Store(max(most.Load(), now.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	work()
	close(done)
	<-stopped
	return most.Load() - min(most.Load(), before.HeapInuse)
}

// usualPeak is the least peak of three runs: on a machine that is busy the collector comes late, and garbage piles up.
func usualPeak(work func()) uint64 {
	least := peakHeap(work)
	for range 2 {
		if least > 70<<20 {
			least = min(least, peakHeap(work))
		}
	}
	return least
}

func TestABombIsRefusedBelow100MB(t *testing.T) {
	plain := workbook(t, sheetsOf(t, "club.xlsform.txt")...)
	const sheet, strings_ = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	repeat := func(w io.Writer, head, unit string, size int, tail string) {
		fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?>`+head)
		block := strings.Repeat(unit, max(1, 64<<10/len(unit)))
		for n := 0; n < size; n += len(block) {
			fmt.Fprint(w, block)
		}
		fmt.Fprint(w, tail)
	}
	for name, parts := range map[string]map[string]func(io.Writer){
		"a sheet of 64 MB": {sheet: func(w io.Writer) {
			repeat(w, "<worksheet><sheetData>", "<row><c/></row>", 64<<20, "</sheetData></worksheet>")
		}},
		"shared texts of 32 MB": {strings_: func(w io.Writer) { repeat(w, "<sst>", "<si><t>a</t></si>", 32<<20, "</sst>") }},
		"empty shared texts":    {strings_: func(w io.Writer) { repeat(w, "<sst>", "<si/>", 3<<20, "</sst>") }},
		"a row without end": {sheet: func(w io.Writer) {
			repeat(w, `<worksheet><sheetData><row r="1">`, `<c t="inlineStr"><is><t>a</t></is></c>`, 8<<20, "</row></sheetData></worksheet>")
		}},
		"a cell without end": {sheet: func(w io.Writer) {
			repeat(w, `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>`, "a", 8<<20, "</t></is></c></row></sheetData></worksheet>")
		}},
		"tags in tags":      {sheet: func(w io.Writer) { repeat(w, "", "<a>", 8<<20, "") }},
		"a tag without end": {sheet: func(w io.Writer) { repeat(w, "<worksheet", ` a="1"`, 8<<20, "/>") }},
		"rows far below": {sheet: func(w io.Writer) {
			repeat(w, "<worksheet><sheetData>", `<row r="2000000000"><c t="inlineStr"><is><t>a</t></is></c></row>`, 1<<20, "</sheetData></worksheet>")
		}},
		"a sheet cut short": {sheet: func(w io.Writer) { repeat(w, "<worksheet><sheetData>", `<row r="1"></row>`, 1<<10, "") }},
		"another encoding":  {sheet: func(w io.Writer) { fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-7"?><worksheet/>`) }},
		"a document type":   {sheet: func(w io.Writer) { fmt.Fprint(w, `<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`) }},
		"many sheets of 7 MB": bombs(8, func(w io.Writer) {
			repeat(w, "<worksheet><sheetData>", "<row></row>", 7<<20, "</sheetData></worksheet>")
		}),
	} {
		t.Run(name, func(t *testing.T) {
			bomb := replaced(t, plain, parts)
			if len(bomb) > maxFile {
				t.Fatalf("the bomb has %d bytes, so it shows nothing", len(bomb))
			}
			var err error
			start := time.Now()
			peak := peakHeap(func() { _, err = XLSForm("bomb.xlsx", bomb, Options{}) })
			if refused := new(Error); !errors.As(err, &refused) {
				t.Errorf("not refused: %v", err)
			}
			t.Logf("%d MB of heap", peak>>20)
			if peak > 100<<20 {
				t.Errorf("%d MB of heap", peak>>20)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%s", took)
			}
		})
	}
}

func bombs(n int, write func(io.Writer)) map[string]func(io.Writer) {
	out := map[string]func(io.Writer){}
	for i := range n {
		out[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = write
	}
	return out
}

func TestWhatIsNoWorkbookIsSaidToBeNone(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing": nil, "a text": []byte("type,name,label\n"), "an old workbook": {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, "too large": make([]byte, maxFile+1),
	} {
		refused := new(Error)
		if _, err := XLSForm("form.xlsx", data, Options{}); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is within every limit of a workbook costs no more than a bomb may; of the two forms one is within that of an instrument.
func TestTheLargestFormIsReadBelow100MB(t *testing.T) {
	for name, c := range map[string]struct {
		label   string
		refused bool
	}{"short labels": {"A", false}, "long labels": {strings.Repeat("word ", 150), true}} {
		var survey, choices strings.Builder
		survey.WriteString("type | name | label | relevant")
		choices.WriteString("list_name | name | label")
		for i := range maxQuestions - 1 {
			fmt.Fprintf(&survey, "\nselect_one l%d | q%d | %s | ${q%d} = '1'", i%500, i, c.label, max(i-1, 0))
		}
		for i := range 6000 {
			fmt.Fprintf(&choices, "\nl%d | %d | %s", i%500, i/500, c.label[:1])
		}
		book := workbook(t, table{"survey", survey.String()}, table{"choices", choices.String()})
		var r Result
		var err error
		peak := usualPeak(func() { r, err = XLSForm("large.xlsx", book, Options{}) })
		t.Logf("%s: %d MB of heap, %d bytes, %v", name, peak>>20, len(r.YAML), err)
		if peak > 100<<20 {
			t.Errorf("%s: %d MB of heap", name, peak>>20)
		}
		if refused := new(Error); errors.As(err, &refused) != c.refused || err != nil && !c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}
