package genmeta

import (
	"slices"
	"strconv"
	"strings"
)

// concatenated reads nodes that put several texts together; joins is false for any other node.
func (rd *reader) concatenated(n node, role string, depth int) (text string, ok, joins bool) {
	names := joinedInputs(n)
	if len(names) < 2 {
		return "", false, false
	}
	glue, plain := rd.glue(n)
	if !plain {
		return "", false, true
	}
	var parts []string
	total := 0
	ok = true
	for _, name := range names {
		s, found := rd.words(n.Inputs[name], role, depth+1)
		if rd.llm && isInstruction(rd.titleAt(n.Inputs[name]), s) {
			continue
		}
		ok = ok && found
		if n.Inputs["clean_whitespace"] == "true" {
			s = strings.TrimSpace(s)
		}
		if s == "" && glue != "" && n.Class != "StringConcatenate" {
			continue
		}
		if total += len(s) + len(glue); total > maxField {
			return "", false, true
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, glue), rd.g.pay(1+total/1024) && ok, true
}

// joinedInputs names the inputs of one family (text_a text_b, string1 string2, prompt1 prompt2 …) that a node joins.
func joinedInputs(n node) []string {
	if n.has("string_a") && n.has("string_b") {
		return []string{"string_a", "string_b"}
	}
	for _, family := range []string{"text_", "text", "string_", "string", "prompt_", "prompt", "str"} {
		var names []string
		for _, name := range sortedKeys(n.Inputs) {
			tail, ok := strings.CutPrefix(name, family)
			_, err := strconv.Atoi(tail)
			if ok && name != "text_0" && (err == nil || len(tail) == 1 && tail[0] >= 'a' && tail[0] <= 'h') {
				names = append(names, name)
			}
		}
		if len(names) > 1 {
			return names
		}
	}
	return nil
}

// glue is what stands between the parts; plain is false for nodes that do more than join.
func (rd *reader) glue(n node) (string, bool) {
	if action, ok := n.Inputs["action"].(string); ok {
		if n.Inputs["tidy_tags"] == "yes" {
			return ", ", action == "append"
		}
		return "", action == "append"
	}
	if changes(n) {
		return "", false
	}
	glue := rd.g.scalar(firstOf(n, "delimiter", "separator"))
	return strings.ReplaceAll(glue, `\n`, "\n"), true
}

// isExpander knows nodes that ask a language model, by what they are called or by the settings of such models.
func isExpander(n node) bool {
	for _, key := range []string{"system_prompt", "system_message", "max_tokens", "max_new_tokens", "sampling_mode", "temperature", "top_p"} {
		if _, ok := n.Inputs[key]; ok {
			return true
		}
	}
	class := strings.ToLower(n.Class)
	return slices.ContainsFunc([]string{"textgenerate", "llm", "gpt", "gemini", "ollama", "claude", "chatnode", "enhance", "expander", "upsampl", "rewrite"},
		func(word string) bool { return strings.Contains(class, word) }) || describes(n)
}

// describes tells nodes that put a picture into words; their text input is an order to the model and no prompt.
func describes(n node) bool {
	class := strings.ToLower(n.Class)
	return slices.ContainsFunc([]string{"florence", "caption", "interrogat", "tagger", "llava", "moondream", "img2txt", "imagetotext"},
		func(word string) bool { return strings.Contains(class, word) })
}

// typedBefore reads what was typed into a language model, never what the model was told to be.
func (rd *reader) typedBefore(n node, role string, depth int) (string, bool) {
	rd.found.expanded = true
	if describes(n) {
		return "", true
	}
	outer := rd.llm
	rd.llm = true
	defer func() { rd.llm = outer }()
	for _, key := range []string{"user_prompt", "prompt", "user_text", "user_message", "text", "query", "question", "input", "string", "value", "prompt_text"} {
		v, ok := n.Inputs[key]
		if !ok || v == nil {
			continue
		}
		text, found := rd.words(v, role, depth+1)
		if isInstruction(rd.titleAt(v), text) {
			return "", true
		}
		return text, found
	}
	return "", true
}

// titleAt gives the editor's title of the node behind an input.
func (rd *reader) titleAt(value any) string {
	n, _ := rd.g.nodeAt(value)
	return n.Title
}

// isInstruction tells orders to a language model from a text for a picture.
func isInstruction(title, text string) bool {
	title = strings.ToLower(title)
	if strings.Contains(title, "system") || strings.Contains(title, "系统") || strings.Contains(title, "instruction") {
		return true
	}
	text = strings.ToLower(strings.TrimLeft(text[:min(len(text), 200)], " \t\r\n#*-"))
	return slices.ContainsFunc([]string{"you are ", "your task", "your role", "your job", "act as ", "role", "system", "<start_of_turn>system", "<|im_start|>system", "你是", "你将", "角色", "as an ai", "rewrite the", "expand the"},
		func(start string) bool { return strings.HasPrefix(text, start) })
}

// shows tells nodes that display a text and hand it on, keeping a copy of what they last showed.
func shows(n node) bool {
	class := strings.ToLower(n.Class)
	return strings.Contains(class, "showtext") || strings.Contains(class, "show any") || strings.Contains(class, "showany") ||
		strings.Contains(class, "displayany") || strings.Contains(class, "display any") || strings.HasPrefix(class, "previewany")
}

// shown follows what a display node is linked to; the copy may be of an earlier run, so it is only a guess.
func (rd *reader) shown(n node, role string, depth int) (string, bool) {
	var kept string
	before := rd.found.expanded
	for _, name := range sortedKeys(n.Inputs) {
		if s, ok := n.Inputs[name].(string); ok && len(s) > len(kept) {
			kept = s
		}
	}
	for _, name := range textKeys(role) {
		if _, ok := rd.g.linkOf(n.Inputs[name]); !ok {
			continue
		}
		text, known := rd.words(n.Inputs[name], role, depth+1)
		if rd.found.expanded && !before && rd.found.expansion == "" {
			rd.found.expansion = kept
		}
		if known {
			return text, true
		}
		break
	}
	return kept, false
}
