package genmeta

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// drawing is a workflow of the old kind: values by position, one sampler, texts with titles. Every %s of its parts can be
// replaced in tests.
const drawing = `{"last_node_id":9,"nodes":[
{"id":3,"type":"KSampler","mode":0,"inputs":[{"name":"model","type":"MODEL","link":1},{"name":"positive","type":"CONDITIONING","link":2},{"name":"negative","type":"CONDITIONING","link":3},{"name":"latent_image","type":"LATENT","link":4}],"widgets_values":[18446744073709551615,"fixed",20,8,"euler","normal",1]},
{"id":4,"type":"CheckpointLoaderSimple","mode":0,"outputs":[{"name":"MODEL","type":"MODEL"}],"widgets_values":["duck.safetensors"]},
{"id":5,"type":"EmptyLatentImage","mode":0,"widgets_values":[512,768,1]},
{"id":6,"type":"CLIPTextEncode","mode":0,"title":"Positive Prompt","inputs":[{"name":"clip","type":"CLIP","link":5}],"outputs":[{"type":"CONDITIONING"}],"widgets_values":["a duck"]},
{"id":7,"type":"CLIPTextEncode","mode":0,"title":"Negative Prompt","inputs":[{"name":"clip","type":"CLIP","link":6}],"widgets_values":["grey"]},
{"id":8,"type":"VAEDecode","mode":0,"inputs":[{"name":"samples","type":"LATENT","link":7},{"name":"vae","type":"VAE","link":8}]},
{"id":9,"type":"SaveImage","mode":0,"inputs":[{"name":"images","type":"IMAGE","link":9}],"widgets_values":["ComfyUI"]}
],"links":[[1,4,0,3,0,"MODEL"],[2,6,0,3,1,"CONDITIONING"],[3,7,0,3,2,"CONDITIONING"],[4,5,0,3,3,"LATENT"],[5,4,1,6,0,"CLIP"],[6,4,1,7,0,"CLIP"],[7,3,0,8,0,"LATENT"],[8,4,2,8,1,"VAE"],[9,8,0,9,0,"IMAGE"]],"version":0.4}`

func redrawn(t testing.TB, pairs ...string) string {
	t.Helper()
	s := drawing
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(s, pairs[i]) {
			t.Fatalf("nothing to replace: %s", pairs[i])
		}
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return s
}

func workflowResult(t *testing.T, body string) Result {
	t.Helper()
	var r Result
	if !readWorkflow(&r, "png:workflow", body, Hint{}) || !slices.Contains(r.Notes, NoteWorkflowOnly) {
		t.Fatalf("not taken for a drawing: %v", r.Notes)
	}
	return r
}

func TestADrawnWorkflowIsReadAsWhatWouldRun(t *testing.T) {
	r := workflowResult(t, drawing)
	expect(t, r, map[string]string{Prompt: "a duck", Negative: "grey", Model: "duck.safetensors", Seed: "18446744073709551615", Steps: "20", CFG: "8",
		Sampler: "euler", Scheduler: "normal", Denoise: "1", Width: "512", Height: "768"})
	for name, f := range r.Fields {
		if f.Certainty != Derived || f.Source != "png:workflow" {
			t.Errorf("%s is %+v", name, f)
		}
	}
	loose := workflowResult(t, redrawn(t, `"fixed"`, `"randomize"`))
	if f := loose.Fields[Seed]; f.Value != "18446744073709551615" || f.Certainty != Guess {
		t.Errorf("a seed that changes by itself is %+v", f)
	}
	if f := workflowResult(t, redrawn(t, `["a duck"]`, `["a {red|blue} duck"]`)).Fields[Prompt]; f.Certainty != Guess {
		t.Errorf("a text with choices is %+v", f)
	}
}

func TestPartsOfADrawing(t *testing.T) {
	const newer = `"inputs":[{"name":"clip","type":"CLIP","link":5},{"name":"text","type":"STRING","widget":{"name":"text"},"link":null}]`
	for _, c := range []struct {
		name, body string
		want       map[string]string
	}{
		{"values are named by the newer editor", redrawn(t, `"type":"CLIPTextEncode","mode":0,"title":"Positive Prompt","inputs":[{"name":"clip","type":"CLIP","link":5}]`, `"type":"SomebodysEncode","mode":0,`+newer), map[string]string{Prompt: "a duck"}},
		{"as many values as names must be there", redrawn(t, `"type":"CLIPTextEncode","mode":0,"title":"Positive Prompt","inputs":[{"name":"clip","type":"CLIP","link":5}]`, `"type":"SomebodysEncode","mode":0,`+newer,
			`["a duck"]`, `[3,"a duck"]`), map[string]string{Prompt: "", Seed: "18446744073709551615"}},
		{"values may be an object", redrawn(t, `"widgets_values":["duck.safetensors"]`, `"widgets_values":{"ckpt_name":"swan.safetensors"}`), map[string]string{Model: "swan.safetensors"}},
		{"links may be objects", redrawn(t, `[1,4,0,3,0,"MODEL"]`, `{"id":1,"origin_id":4,"origin_slot":0,"target_id":3,"target_slot":0,"type":"MODEL"}`), map[string]string{Model: "duck.safetensors"}},
		{"a muted node gives nothing", redrawn(t, `"type":"CLIPTextEncode","mode":0,"title":"Negative Prompt"`, `"type":"CLIPTextEncode","mode":2,"title":"Negative Prompt"`), map[string]string{Negative: "", Prompt: "a duck"}},
		{"a bypassed node is passed by", redrawn(t, `{"id":5,`, `{"id":20,"type":"LoraLoaderModelOnly","mode":4,"inputs":[{"name":"model","type":"MODEL","link":20}],"outputs":[{"type":"MODEL"}],"widgets_values":["off.st",1]},{"id":5,`,
			`[1,4,0,3,0,"MODEL"]`, `[1,20,0,3,0,"MODEL"],[20,4,0,20,0,"MODEL"]`), map[string]string{Model: "duck.safetensors", Loras: ""}},
		{"a reroute hands on", redrawn(t, `{"id":5,`, `{"id":20,"type":"Reroute","mode":0,"inputs":[{"name":"","type":"*","link":20}]},{"id":5,`, `[2,6,0,3,1,"CONDITIONING"]`, `[2,20,0,3,1,"*"],[20,6,0,20,0,"CONDITIONING"]`), map[string]string{Prompt: "a duck"}},
		{"a primitive holds the value", redrawn(t, `"link":4}],`, `"link":4},{"name":"seed","type":"INT","link":20,"widget":{"name":"seed"}}],`, `{"id":5,`, `{"id":20,"type":"PrimitiveNode","mode":0,"widgets_values":[77,"fixed"]},{"id":5,`,
			`[9,8,0,9,0,"IMAGE"]`, `[9,8,0,9,0,"IMAGE"],[20,20,0,3,4,"INT"]`), map[string]string{Seed: "77", Steps: "20"}},
		{"a wire drawn by name is followed", redrawn(t, `{"id":5,`, `{"id":20,"type":"SetNode","mode":0,"inputs":[{"name":"*","type":"*","link":20}],"widgets_values":["M"]},{"id":21,"type":"GetNode","mode":0,"widgets_values":["M"]},{"id":5,`,
			`[1,4,0,3,0,"MODEL"]`, `[1,21,0,3,0,"MODEL"],[20,4,0,20,0,"MODEL"]`), map[string]string{Model: "duck.safetensors"}},
		{"a link to itself ends, and only the texts that lie about are left", redrawn(t, `[2,6,0,3,1,"CONDITIONING"]`, `[2,20,0,3,1,"*"],[20,20,0,20,0,"*"]`, `{"id":5,`, `{"id":20,"type":"Reroute","mode":0,"inputs":[{"name":"","type":"*","link":20}]},{"id":5,`), map[string]string{Prompt: "a duck", Seed: "18446744073709551615", CFG: ""}},
		{"ids may be words", strings.NewReplacer(`"id":6,`, `"id":"six",`, `[2,6,0`, `[2,"six",0`).Replace(drawing), map[string]string{Prompt: "a duck"}},
		{"titles give roles where nothing is linked", `{"nodes":[{"id":1,"type":"Odd","title":"Positive Prompt","inputs":[{"name":"text","widget":{"name":"text"}}],"widgets_values":["a duck"]},{"id":2,"type":"Odd","title":"反向提示词","inputs":[{"name":"text","widget":{"name":"text"}}],"widgets_values":["grey"]}],"links":[]}`,
			map[string]string{Prompt: "a duck", Negative: "grey"}},
		{"titled texts of bypassed nodes are left out", `{"nodes":[{"id":1,"type":"Odd","mode":4,"title":"Positive Prompt","inputs":[{"name":"text","widget":{"name":"text"}}],"widgets_values":["a duck"]}],"links":[]}`, map[string]string{Prompt: ""}},
		{"fewer values than names are not named", redrawn(t, `"type":"CLIPTextEncode","mode":0,"title":"Positive Prompt","inputs":[{"name":"clip","type":"CLIP","link":5}]`, `"type":"SomebodysEncode","mode":0,"inputs":[{"name":"text","type":"STRING","widget":{"name":"text"}},{"name":"more","type":"STRING","widget":{"name":"more"}}]`),
			map[string]string{Prompt: "", Seed: "18446744073709551615"}},
		{"titled texts of muted nodes are left out", `{"nodes":[{"id":1,"type":"Odd","mode":2,"title":"Positive Prompt","inputs":[{"name":"text","widget":{"name":"text"}}],"widgets_values":["a duck"]}],"links":[]}`, map[string]string{Prompt: ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, workflowResult(t, c.body), c.want)
		})
	}
}

// framed puts the text encoder and a seed into subgraphs, one within the other. The frame holds the text, the seed is
// shown of a node within.
const framed = `{"nodes":[
{"id":30,"type":"outer","mode":0,"inputs":[{"name":"text","type":"STRING","widget":{"name":"text"},"link":null},{"name":"width","type":"INT","widget":{"name":"width"},"link":null}],"outputs":[{"name":"IMAGE","type":"IMAGE"}],
 "properties":{"proxyWidgets":[["-1","width"],["-1","text"],["3","seed"],["3","control_after_generate"]]},"widgets_values":[720,"a duck",SEED,null]},
{"id":9,"type":"SaveImage","mode":0,"inputs":[{"name":"images","type":"IMAGE","link":9}],"widgets_values":["ComfyUI"]}],
"links":[[9,30,0,9,0,"IMAGE"]],
"definitions":{"subgraphs":[
{"id":"outer","inputs":[{"name":"text","linkIds":[1]},{"name":"width","linkIds":[2]}],"outputs":[{"name":"IMAGE","linkIds":[8]}],"nodes":[
 {"id":3,"type":"KSampler","mode":0,"inputs":[{"name":"model","type":"MODEL","link":5},{"name":"positive","type":"CONDITIONING","link":3},{"name":"negative","type":"CONDITIONING","link":4},{"name":"latent_image","type":"LATENT","link":6}],"widgets_values":[5,"fixed",9,1,"euler","simple",1]},
 {"id":4,"type":"UNETLoader","mode":0,"widgets_values":["z.safetensors","default"]},
 {"id":5,"type":"EmptySD3LatentImage","mode":0,"inputs":[{"name":"width","type":"INT","widget":{"name":"width"},"link":2},{"name":"height","type":"INT","widget":{"name":"height"},"link":null},{"name":"batch_size","type":"INT","widget":{"name":"batch_size"},"link":null}],"widgets_values":[1,1280,1]},
 {"id":6,"type":"inner","mode":0,"inputs":[{"name":"words","type":"STRING","link":1}],"outputs":[{"type":"CONDITIONING"},{"type":"CONDITIONING"}]},
 {"id":8,"type":"VAEDecode","mode":0,"inputs":[{"name":"samples","type":"LATENT","link":7}]}],
 "links":[{"id":1,"origin_id":-10,"origin_slot":0,"target_id":6,"target_slot":0,"type":"STRING"},{"id":2,"origin_id":-10,"origin_slot":1,"target_id":5,"target_slot":0,"type":"INT"},
 {"id":3,"origin_id":6,"origin_slot":0,"target_id":3,"target_slot":1,"type":"CONDITIONING"},{"id":4,"origin_id":6,"origin_slot":1,"target_id":3,"target_slot":2,"type":"CONDITIONING"},
 {"id":5,"origin_id":4,"origin_slot":0,"target_id":3,"target_slot":0,"type":"MODEL"},{"id":6,"origin_id":5,"origin_slot":0,"target_id":3,"target_slot":3,"type":"LATENT"},
 {"id":7,"origin_id":3,"origin_slot":0,"target_id":8,"target_slot":0,"type":"LATENT"},{"id":8,"origin_id":8,"origin_slot":0,"target_id":-20,"target_slot":0,"type":"IMAGE"}]},
{"id":"inner","inputs":[{"name":"words","linkIds":[1]}],"outputs":[{"name":"a"},{"name":"b"}],"nodes":[
 {"id":1,"type":"CLIPTextEncode","mode":0,"inputs":[{"name":"text","type":"STRING","widget":{"name":"text"},"link":1}],"widgets_values":["inner default"]},
 {"id":2,"type":"ConditioningZeroOut","mode":0,"inputs":[{"name":"conditioning","type":"CONDITIONING","link":2}]}],
 "links":[{"id":1,"origin_id":-10,"origin_slot":0,"target_id":1,"target_slot":0,"type":"STRING"},{"id":2,"origin_id":1,"origin_slot":0,"target_id":2,"target_slot":0,"type":"CONDITIONING"},
 {"id":3,"origin_id":1,"origin_slot":0,"target_id":-20,"target_slot":0,"type":"CONDITIONING"},{"id":4,"origin_id":2,"origin_slot":0,"target_id":-20,"target_slot":1,"type":"CONDITIONING"}]}]}}`

func TestSubgraphsAreOpened(t *testing.T) {
	r := workflowResult(t, strings.Replace(framed, "SEED", "41", 1))
	expect(t, r, map[string]string{Prompt: "a duck", Negative: "", Seed: "41", Steps: "9", Model: "z.safetensors", Width: "720", Height: "1280"})
	r = workflowResult(t, strings.NewReplacer("SEED", "null", `"a duck"`, "null").Replace(framed))
	expect(t, r, map[string]string{Prompt: "inner default", Seed: "5"})
}

func TestTheGraphOfSubgraphsHasIdsWithColons(t *testing.T) {
	r := graphResult(t, graphOf("9", "SaveImage", `"filename_prefix":"x","images":["30:8",0]`, "30:8", "VAEDecode", `"samples":["30:3",0]`,
		"30:3", "KSampler", `"seed":["30:12:1",0],"steps":9,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,"model":["30:4",0],"positive":["30:6:1",0],"negative":["30:6:2",0],"latent_image":["30:5",0]`,
		"30:12:1", "PrimitiveInt", `"value":18446744073709551615`, "30:4", "UNETLoader", `"unet_name":"z"`, "30:5", "EmptySD3LatentImage", `"width":8,"height":16`, "30:6:1", "CLIPTextEncode", `"text":"a duck"`, "30:6:2", "ConditioningZeroOut", `"conditioning":["30:6:1",0]`))
	expect(t, r, map[string]string{Prompt: "a duck", Negative: "", Seed: "18446744073709551615", Model: "z", Width: "8", Height: "16"})
}

func TestLargeDrawingsEnd(t *testing.T) {
	var bomb strings.Builder
	for i := range 20 {
		fmt.Fprintf(&bomb, `{"id":"s%d","nodes":[{"id":1,"type":"s%d"},{"id":2,"type":"s%d"}],"links":[]},`, i, i+1, i+1)
	}
	body := `{"nodes":[{"id":1,"type":"s0"}],"links":[],"definitions":{"subgraphs":[` + strings.TrimSuffix(bomb.String(), ",") + `]}}`
	if r := workflowResult(t, body); !slices.Contains(r.Notes, NoteTruncated) {
		t.Errorf("a drawing that doubles gives %v", r.Notes)
	}
	self := `{"nodes":[{"id":1,"type":"s"}],"links":[],"definitions":{"subgraphs":[{"id":"s","nodes":[{"id":1,"type":"s"}],"links":[]}]}}`
	if r := workflowResult(t, self); !slices.Contains(r.Notes, NoteTruncated) {
		t.Errorf("a drawing within itself gives %v", r.Notes)
	}
	notes := `{"id":900,"type":"Note","widgets_values":["` + strings.Repeat("memo ", 1<<20) + `"]},{"id":5,`
	big := redrawn(t, `{"id":5,`, notes)
	if len(big) < 5<<20 {
		t.Fatalf("only %d bytes", len(big))
	}
	expect(t, workflowResult(t, big), map[string]string{Prompt: "a duck", Seed: "18446744073709551615"})
	var many strings.Builder
	for i := range 12_000 {
		fmt.Fprintf(&many, `{"id":%d,"type":"VAEDecode","mode":0,"pos":[%d,12],"flags":{},"properties":{"Node name for S&R":"VAEDecode"},"inputs":[{"name":"samples","type":"LATENT","link":null}],"widgets_values":["%s"]},`, i+1000, i, strings.Repeat("x", 300))
	}
	big = redrawn(t, `{"id":5,`, many.String()+`{"id":5,`)
	if len(big) < 5<<20 {
		t.Fatalf("only %d bytes", len(big))
	}
	expect(t, workflowResult(t, big), map[string]string{Prompt: "a duck", Seed: "18446744073709551615"})
}

func TestWhatIsNoDrawingIsRefused(t *testing.T) {
	for _, body := range []string{"", "x", "{}", `{"nodes":[]}`, `{"nodes":[{"id":1}]}`, `{"nodes":{},"links":[]}`, strings.Repeat(`{"a":`, 600) + "1" + strings.Repeat("}", 600)} {
		var r Result
		if readWorkflow(&r, "s", body, Hint{}) || len(r.Notes) > 0 || r.Generator != "" {
			t.Errorf("%.20q gives %+v", body, r)
		}
	}
}

func TestRealDrawingsSayTheSameAsTheGraphsThatRan(t *testing.T) {
	for _, c := range []struct {
		file, kind, record string
		want               map[string]string
	}{
		{"comfy-img2img.png", "image/png", "png:workflow", map[string]string{Prompt: "photograph of victorian woman with wings, sky clouds, meadow grass", Negative: "watermark, text", Model: "v1-5-pruned-emaonly.ckpt",
			Seed: "280823642470253", Steps: "20", CFG: "8", Sampler: "sample_dpmpp_2m", Scheduler: "normal", Denoise: "0.87", SourceImage: "example.png"}},
		{"comfy-zimage.png", "image/png", "png:workflow", map[string]string{Prompt: "cute anime style girl with massive fluffy fennec ears and a big fluffy tail…", Negative: "blurry ugly bad",
			Model: "z_image_turbo_bf16.safetensors", Seed: "47447417949230", Steps: "9", CFG: "1", Sampler: "euler", Scheduler: "simple", Width: "1024", Height: "1024"}},
		{"wan22-two-stage.mp4", "video/mp4", "mp4:mdta.workflow", map[string]string{Prompt: "Beautiful young European woman with honey blonde hair gracefully turning her head…", Negative: "色调艳丽，过曝，静态…",
			Model: "wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", Seed: "623604505552286", Steps: "4", CFG: "1", Width: "640", Height: "640"}},
		{"webm-named-mp4.mp4", "video/webm", "webm:tag.WORKFLOW", map[string]string{Prompt: "", Model: "", Seed: ""}},
		{"comfy-exif-saveplus.jpg", "image/jpeg", "jpeg:exif.UserComment", map[string]string{Prompt: "general, masterpiece, best quality, amazing quality, \n1girl, solo, hatsune miku, …", Model: "waiIllustriousSDXL_v160.safetensors", Seed: "577723948579568", Steps: "20"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			body := ""
			for _, rec := range readBytes(t, sample(t, c.file), c.kind).Records {
				if strings.EqualFold(rec.Name, c.record) {
					body = rec.Text
				}
			}
			var e struct {
				Workflow json.RawMessage `json:"workflow"`
			}
			if clean, ok := tidyJSON(body); ok && json.Unmarshal(clean, &e) == nil && len(e.Workflow) > 0 {
				body = string(e.Workflow)
			}
			expect(t, workflowResult(t, body), c.want)
		})
	}
}

func FuzzWorkflow(f *testing.F) {
	f.Add(drawing)
	f.Add(strings.Replace(framed, "SEED", "41", 1))
	f.Add(redrawn(f, `"mode":0`, `"mode":4`))
	f.Add(`{"nodes":[{"id":1,"type":"Reroute","inputs":[{"link":1}]}],"links":[[1,1,0,1,0,"*"]]}`)
	f.Add(`{"nodes":[{"id":1,"type":"s"}],"links":[],"definitions":{"subgraphs":[{"id":"s","nodes":[{"id":1,"type":"s"}],"links":[]}]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		var r Result
		if !readWorkflow(&r, "s", body, Hint{Name: "a_00001_.png", Width: 8, Height: 8}) && len(r.Fields) > 0 {
			t.Errorf("no drawing, but fields: %+v", r)
		}
		for name, f := range r.Fields {
			if f.Certainty == Exact || f.Value == "" {
				t.Errorf("%s is %+v", name, f)
			}
		}
	})
}

func TestAFileWithADrawingOnlyIsRead(t *testing.T) {
	r := readBytes(t, pngOf(chunk("iTXt", "workflow\x00\x00\x00\x00\x00", drawing)), "image/png")
	expect(t, r, map[string]string{Prompt: "a duck", Negative: "grey", Seed: "18446744073709551615"})
	if !slices.Contains(r.Notes, NoteWorkflowOnly) || r.Fields[Seed].Source != "png:workflow" {
		t.Errorf("notes %v, seed %+v", r.Notes, r.Fields[Seed])
	}
	both := readBytes(t, pngOf(chunk("tEXt", "workflow\x00", redrawn(t, "[512,768,1]", "[99,99,1]")), chunk("tEXt", "prompt\x00", `{"9":{"class_type":"SaveImage","inputs":{"images":["1",0]}},"1":{"class_type":"Odd","inputs":{}}}`)), "image/png")
	if slices.Contains(both.Notes, NoteWorkflowOnly) {
		t.Errorf("a drawing beside the graph that ran speaks: %+v", both)
	}
}
