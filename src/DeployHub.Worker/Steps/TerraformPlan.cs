using System.Globalization;
using System.Text.Json;

namespace DeployHub.Worker.Steps;

/// <summary>What a saved plan would do, from <c>terraform show -json</c>; values are left out, because they may be secrets.</summary>
/// <param name="Changes">Address and actions, such as <c>update aws_instance.web</c>.</param>
internal sealed record TerraformPlan(int Added, int Changed, int Destroyed, IReadOnlyList<string> Changes)
{
    public string Summary => $"{Added} to add, {Changed} to change, {Destroyed} to destroy";

    public IEnumerable<string> Destroys => Changes.Where(change => change.Contains("delete", StringComparison.Ordinal));

    public static TerraformPlan Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (added, changed, destroyed, changes) = (0, 0, 0, new List<string>());
        foreach (var resource in document.RootElement.TryGetProperty("resource_changes", out var all) ? all.EnumerateArray() : default)
        {
            var actions = resource.GetProperty("change").GetProperty("actions").EnumerateArray().Select(action => action.GetString()!).ToList();
            if (actions is ["no-op"] or ["read"]) continue;

            added += actions.Contains("create") ? 1 : 0;
            changed += actions.Contains("update") ? 1 : 0;
            destroyed += actions.Contains("delete") ? 1 : 0;
            changes.Add($"{string.Join(" and ", actions)} {resource.GetProperty("address").GetString()}");
        }

        return new TerraformPlan(added, changed, destroyed, changes);
    }

    /// <summary>Whole, for the steps after it; without what Terraform calls sensitive.</summary>
    public static Dictionary<string, string> Said(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Where(output => !output.Value.GetProperty("sensitive").GetBoolean()).ToDictionary(output => output.Name, output => Text(output.Value.GetProperty("value")));
    }

    /// <summary>Name → value of each output; what Terraform calls sensitive is not shown.</summary>
    public static IEnumerable<(string Name, string Value)> Outputs(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(output => (output.Name, output.Value.GetProperty("sensitive").GetBoolean() ? "(sensitive)" : Shown(output.Value.GetProperty("value"))))];
    }

    private static string Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Shown(JsonElement value)
    {
        var text = Text(value);
        return text.Length switch { 0 => "(empty)", <= 1000 => text, _ => string.Create(CultureInfo.InvariantCulture, $"{text[..1000]} … ({text.Length} characters)") };
    }
}
