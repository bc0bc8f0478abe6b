package genmeta

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestGraphsOverALimitLeaveTheirFieldsEmpty(t *testing.T) {
	var inputs strings.Builder
	for i := range maxInputs {
		fmt.Fprintf(&inputs, `,"x%d":1`, i)
	}
	long := strings.Repeat("x", maxWord+1)
	half := strings.Repeat("y", maxField/2+1)
	for _, c := range []struct {
		name, graph string
		want        map[string]string
	}{
		{"a node of too many inputs", sampled("4", "CheckpointLoaderSimple", `"ckpt_name":"duck.safetensors"`+inputs.String()), map[string]string{Model: "", Seed: "7"}},
		{"a name that is too long", sampled("4", "CheckpointLoaderSimple", `"ckpt_name":"`+long+`"`), map[string]string{Model: "", Seed: "7"}},
		{"a seed that is too long", sampled("3", "KSampler", sampler(strings.Repeat("9", 21), `"4",0`, `"6",0`, `"7",0`)), map[string]string{Seed: "", Steps: "20"}},
		{"texts that are too long together", sampled("3", "KSampler", sampler("7", `"4",0`, `"20",0`, `"7",0`), "20", "ConditioningCombine", `"conditioning_1":["21",0],"conditioning_2":["22",0]`,
			"21", "CLIPTextEncode", `"text":"`+half+`"`, "22", "CLIPTextEncode", `"text":"z`+half+`"`), map[string]string{Prompt: "", Negative: "grey"}},
		{"texts that are too long once joined", sampled("6", "CLIPTextEncode", `"text":["20",0]`, "20", "StringConcatenate", `"string_a":"`+half+`","string_b":"`+half+`","delimiter":""`), map[string]string{Prompt: "", Negative: "grey"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, graphResult(t, c.graph), c.want)
		})
	}
	var r Result
	if readGraph(&r, "s", manyNodes(maxNodes+1), Hint{}) || !slices.Contains(r.Notes, NoteTruncated) {
		t.Errorf("too many nodes give %v", r.Notes)
	}
	if r = (Result{}); readGraph(&r, "s", strings.Repeat(`{"a":`, maxDepth+1)+"1"+strings.Repeat("}", maxDepth+1), Hint{}) || !slices.Contains(r.Notes, NoteUnreadable) {
		t.Errorf("too deep a graph gives %v", r.Notes)
	}
	odd := `"widgets_values":["duck.safetensors"]`
	var drawn strings.Builder
	for i := range maxInputs + 1 {
		fmt.Fprintf(&drawn, `{"name":"x%d"},`, i)
	}
	expect(t, workflowResult(t, redrawn(t, odd, `"inputs":[`+strings.TrimSuffix(drawn.String(), ",")+`],`+odd)), map[string]string{Model: "", Seed: "18446744073709551615"})
}

func TestAChainOfManyReroutesIsRead(t *testing.T) {
	var more []string
	for i := range 400 {
		more = append(more, fmt.Sprintf("r%d", i), "Reroute", fmt.Sprintf(`"":["r%d",0]`, i+1))
	}
	more = append(more, "r400", "PrimitiveInt", `"value":12345678901234567890`, "3", "KSampler", sampler(`["r0",0]`, `"4",0`, `"6",0`, `"7",0`))
	expect(t, graphResult(t, sampled(more...)), map[string]string{Seed: "12345678901234567890", Prompt: "a duck"})
}
