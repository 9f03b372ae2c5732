using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>A list of steps in a model.</summary>
/// <param name="IsForComponents">It begins with the checks that only stand there.</param>
/// <param name="IsOptional">A model may do without it, and then the document does not name it.</param>
internal sealed record FormList(string Path, string Title, string Per, bool IsForComponents = false, bool IsOptional = false)
{
    /// <summary>In the order in which a run does them.</summary>
    public static IReadOnlyList<FormList> All { get; } =
    [
        new("/stages/verifyComponents", "Verify components", "once for each version", IsForComponents: true),
        new("/stages/verifyEnvironment", "Verify environment", "once for each target"),
        new("/stages/execute/steps", "Execute", "once for each target"),
        new("/stages/execute/switch", "Switch", "once for each phase, after its targets", IsOptional: true),
        new("/stages/execute/watch", "Watch", "all at the same time, while each phase is observed", IsOptional: true),
        new("/stages/verifyDeployment", "Verify deployment", "once for each target"),
        new("/rollback/switch", "Switch back", "once, before any target is rolled back", IsOptional: true),
        new("/rollback/steps", "Roll back", "once for each touched target", IsOptional: true),
        new("/removal/steps", "Remove", "once for each target, where a plan removes a component", IsOptional: true),
        new("/removal/proof", "Proof of removal", "once for each target, after it", IsOptional: true),
    ];

    public static FormList Of(string path) => All.Single(list => list.Path == path);
}

/// <summary>An item of a list, or a parameter, as one line of the page.</summary>
internal sealed record FormRow(string Path, string Name, string Detail, bool IsFirst, bool IsLast)
{
    public static IReadOnlyList<FormRow> OfList(JsonNode document, string list) => FormSchema.At(document, list) is JsonArray items
        ? [.. items.Select((item, index) => new FormRow(
            DocumentPath.Inside(list, index), Text(item, "name") ?? Text(item, "use") ?? $"Number {index + 1}", Text(item, "uses") ?? Text(item, "targets") ?? "", index == 0, index == items.Count - 1))]
        : [];

    public static IReadOnlyList<FormRow> OfParameters(JsonNode document) => FormSchema.At(document, FormNode.Parameters) is JsonObject parameters
        ? [.. parameters.Select(parameter => new FormRow(
            DocumentPath.Inside(FormNode.Parameters, parameter.Key), parameter.Key, $"{Text(parameter.Value, "type")} {Text(parameter.Value, "default")}".Trim(), IsFirst: true, IsLast: true))]
        : [];

    public static IReadOnlyList<FormRow> OfRoles(JsonNode document) => FormSchema.At(document, FormNode.Roles) is JsonObject roles
        ? [.. roles.Select(slot => new FormRow(
            DocumentPath.Inside(FormNode.Roles, slot.Key), slot.Key, string.Join(", ", new[] { Text(slot.Value, "role"), Text(slot.Value, "qualification") }.OfType<string>()), IsFirst: true, IsLast: true))]
        : [];

    private static string? Text(JsonNode? item, string name) => item is JsonObject members && members[name] is JsonValue value && $"{value}" is { Length: > 0 } text ? text : null;
}

/// <summary>What is said of a document, by the part of the page that shows its place.</summary>
internal sealed class FormRemarks(IReadOnlyList<PlacedRemark> remarks)
{
    private readonly IReadOnlyList<(string Path, PlacedRemark Remark)> _remarks = [.. remarks.Select(remark => (DocumentPath.OfRemark(remark.Path), remark))];

    public IEnumerable<PlacedRemark> At(string path) => _remarks.Where(placed => placed.Path == path).Select(placed => placed.Remark);

    /// <summary>About the place and everything inside it.</summary>
    public IEnumerable<PlacedRemark> Within(string path) => _remarks.Where(placed => IsWithin(placed.Path, path)).Select(placed => placed.Remark);

    /// <summary>About the place itself or what is inside it, but for the parts that tell their own.</summary>
    public IEnumerable<PlacedRemark> Within(string path, IReadOnlyList<string> apart) =>
        _remarks.Where(placed => IsWithin(placed.Path, path) && !apart.Any(other => IsWithin(placed.Path, other))).Select(placed => placed.Remark);

    private static bool IsWithin(string path, string around) => path == around || path.StartsWith($"{around}/", StringComparison.Ordinal);
}
