package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../../shared/samples/scripts", name))
	if err != nil {
		t.Skip("the sample is not beside the repository")
	}
	return data
}

func TestSampleShotTable(t *testing.T) {
	table, err := Paste(string(sample(t, "e-storyboard.utf8-bom.csv")))
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	var total int64
	for _, r := range table.Rows {
		numbers = append(numbers, r.Number)
		total += r.Milliseconds
	}
	if got := strings.Join(numbers, " "); got != "1 2 3 3A 4 5 6 7 8-1 8-2 9" || table.HeaderRow != 1 || total != 29500 || len(table.Errors) != 0 {
		t.Errorf("shots %s, header %d, %d ms, %v", got, table.HeaderRow, total, table.Errors)
	}
	if len(table.Skipped) != 1 || table.Skipped[0] != (Skipped{7, "blank"}) {
		t.Errorf("skipped %v", table.Skipped)
	}
}
