using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>A part of a model that has a form of its own.</summary>
/// <param name="At">Names it in the address of the page: its path, or “head”.</param>
/// <param name="Path">Where it stands in the document.</param>
internal sealed record FormNode(string At, string Path, IReadOnlyList<FormEntry> Entries)
{
    public const string Head = "head";

    /// <summary>The document with all its parts.</summary>
    public const string Whole = "";
    public const string Execute = "/stages/execute";
    public const string Phases = "/stages/execute/phases";
    public const string Parameters = "/parameters";
    public const string Roles = "/roles";
    public const string Rollback = "/rollback";
    public const string Removal = "/removal";

    /// <summary>What the head of a document does not ask for: a slug never changes, and the others have forms of their own.</summary>
    private static readonly string[] Elsewhere = ["model", "parameters", "roles", "stages", "rollback", "removal"];

    /// <summary>What only the model says that is extended.</summary>
    private static readonly string[] OfTheExtended = ["approach", "approvals"];

    public bool IsParameter => DocumentPath.Split(Path).Around == Parameters;

    public bool IsRole => DocumentPath.Split(Path).Around == Roles;

    /// <summary>Its name is the document's own, and may be changed.</summary>
    public bool IsNamed => IsParameter || IsRole;

    /// <summary>The element of the page that shows it.</summary>
    public string Anchor => AnchorOf(At);

    public static string AnchorOf(string at) => $"at-{at.Trim('/').Replace('/', '-')}";

    /// <summary>It is shown as a list of parts, and has no form itself.</summary>
    public static bool HasAnchor(string path) => path is Parameters or Roles || FormList.All.Any(list => list.Path == path);

    /// <summary>Null when there is no such part.</summary>
    public static FormNode? Find(string? at, JsonNode document) => at switch
    {
        null or "" => null,
        Head => new FormNode(at, "", FormFields.Of(FormSchema.Model, document, "", [.. Elsewhere, .. document["extends"] is null ? [] : OfTheExtended])),
        Execute => Of(at, FormSchema.Execute, document, "phases", "steps", "switch", "watch"),
        Rollback => Of(at, FormSchema.Rollback, document, "switch", "steps"),
        _ when FormSchema.At(document, at) is not JsonObject => null,
        _ when FormList.All.Any(list => list.Path == DocumentPath.Split(at).Around) => OfStep(at, document),
        _ when DocumentPath.Split(at).Around == Parameters => Of(at, FormSchema.ParameterIn(document), document),
        _ when DocumentPath.Split(at).Around == Roles => Of(at, FormSchema.Role, document),
        _ when DocumentPath.Split(at).Around == Phases => Of(at, FormSchema.Phase, document),
        _ => null,
    };

    /// <summary>What goes with the last item of a list: a model whose removal says nothing any more has none.</summary>
    public static string Emptied(string list, JsonNode document) =>
        DocumentPath.Split(list).Around == Removal && FormSchema.At(document, Removal) is JsonObject { Count: 1 } ? Removal : list;

    private static FormNode Of(string at, JsonObject shape, JsonNode document, params string[] leaves) =>
        new(at, at, FormFields.Of(shape, FormSchema.At(document, at), at, leaves));

    /// <summary>What it is and does comes before when and how long.</summary>
    private static FormNode OfStep(string at, JsonNode document)
    {
        var step = Of(at, FormSchema.At(document, at)!["use"] is null ? FormSchema.Step : FormSchema.Use, document);
        return step with { Entries = [.. step.Entries.OrderBy(entry => Array.IndexOf(First, DocumentPath.Split(entry.Path).Name) is >= 0 and var place ? place : First.Length)] };
    }

    private static readonly string[] First = ["name", "uses", "with"];
}
