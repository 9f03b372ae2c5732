using System.Globalization;
using System.Text.Json.Nodes;
using DeployHub.Web.Pages.Models.Forms;

namespace DeployHub.Web.Pages.Models;

/// <summary>The part of the form that says in what order targets come.</summary>
public sealed partial class FormModel
{
    /// <summary>How the targets are divided: all at once, in batches, or phase by phase.</summary>
    private void TakePhases(JsonNode document, FormEdits edits)
    {
        var (way, size, now) = ($"{Request.Form["phases"]}", $"{Request.Form["batches"]}".Trim(), PhasesOf(document));
        if (way.Length == 0 || (way == now.Way && (way != "batches" || size == now.Size))) return;

        JsonNode batches = int.TryParse(size, CultureInfo.InvariantCulture, out var count) ? count : size;
        if (way == now.Way) edits.Set($"{FormNode.Phases}/batches", batches);
        else
            edits.Set(FormNode.Phases, way switch
            {
                "batches" => new JsonObject { ["batches"] = batches },
                "list" => new JsonArray(new JsonObject { ["name"] = "First", ["targets"] = 1 }, new JsonObject { ["name"] = "All others" }),
                _ => "all-at-once",
            });
    }

    internal static (string Way, string Size) PhasesOf(JsonNode? document) => FormSchema.At(document, FormNode.Phases) switch
    {
        JsonArray => ("list", ""),
        JsonObject batches => ("batches", $"{batches["batches"]}"),
        _ => ("all-at-once", ""),
    };
}
