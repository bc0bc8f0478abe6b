package genmeta

import (
	"strings"
)

// named gives the values of a node's widgets by name. Newer editors write the names of all widgets beside the inputs;
// for older drawings the order of the common nodes' widgets is known. What is not certain stays out.
func (n *drawnNode) named() map[string]any {
	named := map[string]any{}
	if len(n.Widgets) > 0 && n.Widgets[0] == '{' && decodeNumbers(n.Widgets, &named) && named != nil {
		return named
	}
	named = map[string]any{}
	var values []any
	if !decodeNumbers(n.Widgets, &values) || len(values) > maxInputs {
		return named
	}
	var names []string
	for _, in := range n.Inputs {
		if in.Widget != nil {
			names = append(names, in.Widget.Name)
		}
	}
	if assign(named, names, values, true) {
		return named
	}
	clear(named)
	if !assign(named, widgetOrder(n.Type), values, false) {
		clear(named)
	}
	return named
}

// assign gives each value its name. The choice of how a seed changes follows a seed without being an input itself. With
// exact, as many values as names must be there, but for what upload buttons leave at the end.
func assign(into map[string]any, names []string, values []any, exact bool) bool {
	if len(names) == 0 {
		return false
	}
	at := 0
	for _, name := range names {
		if at >= len(values) {
			return !exact
		}
		into[name] = values[at]
		at++
		if isSeedName(name) && at < len(values) && isControl(values[at]) {
			into["control_after_generate"] = values[at]
			at++
		}
	}
	for ; at < len(values); at++ {
		if s, ok := values[at].(string); exact && values[at] != nil && (!ok || s != "image" && s != "") {
			return false
		}
	}
	return true
}

func isSeedName(name string) bool {
	return name == "value" || strings.HasSuffix(name, "seed")
}

func isControl(v any) bool {
	switch v {
	case "fixed", "randomize", "increment", "decrement", true, false:
		return true
	}
	return false
}

// widgetOrder gives the names of the widgets of common nodes, in their order.
func widgetOrder(class string) []string {
	order, ok := widgetOrders[class]
	if !ok {
		return nil
	}
	return strings.Fields(order)
}

// widgetOrders is never written.
var widgetOrders = map[string]string{
	"KSampler":                  "seed steps cfg sampler_name scheduler denoise",
	"KSamplerAdvanced":          "add_noise noise_seed steps cfg sampler_name scheduler start_at_step end_at_step return_with_leftover_noise",
	"SamplerCustom":             "add_noise noise_seed cfg",
	"RandomNoise":               "noise_seed",
	"KSamplerSelect":            "sampler_name",
	"BasicScheduler":            "scheduler steps denoise",
	"LTXVScheduler":             "steps max_shift base_shift stretch terminal",
	"CFGGuider":                 "cfg",
	"FluxGuidance":              "guidance",
	"CheckpointLoaderSimple":    "ckpt_name",
	"CheckpointLoader":          "config_name ckpt_name",
	"ImageOnlyCheckpointLoader": "ckpt_name",
	"UNETLoader":                "unet_name weight_dtype",
	"UnetLoaderGGUF":            "unet_name",
	"VAELoader":                 "vae_name",
	"LoraLoader":                "lora_name strength_model strength_clip",
	"LoraLoaderModelOnly":       "lora_name strength_model",
	"CLIPTextEncode":            "text",
	"CLIPTextEncodeFlux":        "clip_l t5xxl guidance",
	"CLIPTextEncodeSDXL":        "width height crop_w crop_h target_width target_height text_g text_l",
	"TextEncodeQwenImageEdit":   "prompt",
	"CLIPSetLastLayer":          "stop_at_clip_layer",
	"EmptyLatentImage":          "width height batch_size",
	"EmptySD3LatentImage":       "width height batch_size",
	"EmptyHunyuanLatentVideo":   "width height length batch_size",
	"EmptyLTXVLatentVideo":      "width height length batch_size",
	"EmptyMochiLatentVideo":     "width height length batch_size",
	"EmptyCosmosLatentVideo":    "width height length batch_size",
	"WanImageToVideo":           "width height length batch_size",
	"WanVaceToVideo":            "width height length batch_size strength",
	"WanFirstLastFrameToVideo":  "width height length batch_size",
	"LatentUpscale":             "upscale_method width height crop",
	"LatentUpscaleBy":           "upscale_method scale_by",
	"ImageScale":                "upscale_method width height crop",
	"ImageScaleBy":              "upscale_method scale_by",
	"LoadImage":                 "image",
	"LoadVideo":                 "file",
	"SaveImage":                 "filename_prefix",
	"SaveVideo":                 "filename_prefix format codec",
	"SaveAnimatedWEBP":          "filename_prefix fps lossless quality method",
	"SaveWEBM":                  "filename_prefix codec fps crf",
	"CreateVideo":               "fps",
	"PrimitiveInt":              "value",
	"PrimitiveFloat":            "value",
	"PrimitiveString":           "value",
	"PrimitiveStringMultiline":  "value",
	"PrimitiveBoolean":          "value",
	"PrimitiveNode":             "value",
	"StringConcatenate":         "string_a string_b delimiter",
	"GetNode":                   "value",
	"SetNode":                   "value",
	"Seed (rgthree)":            "seed",
	"ShowText|pysssss":          "text_0",
}
