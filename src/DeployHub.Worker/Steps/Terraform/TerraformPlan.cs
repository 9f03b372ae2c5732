using System.Globalization;
using System.Text.Json;

namespace DeployHub.Worker.Steps.Terraform;

/// <summary>What a saved plan would do, from <c>terraform show -json</c>.</summary>
/// <param name="Changes">Address and actions, such as <c>update aws_instance.web</c>; without values, because they may be secrets.</param>
/// <param name="Differences">Each resource that is not as the configuration says, and in what.</param>
/// <param name="OutputsChange">An output of the configuration would become another one.</param>
internal sealed record TerraformPlan(int Added, int Changed, int Destroyed, IReadOnlyList<string> Changes, IReadOnlyList<ResourceDifference> Differences, int AsDefined, bool OutputsChange)
{
    public string Summary => $"{Added} to add, {Changed} to change, {Destroyed} to destroy";

    public IEnumerable<string> Destroys => Changes.Where(change => change.Contains("delete", StringComparison.Ordinal));

    /// <summary>Null when it is no plan: then nobody knows what would happen.</summary>
    public static TerraformPlan? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (!root.TryGetProperty("format_version", out _) || (root.TryGetProperty("errored", out var errored) && errored.ValueKind is JsonValueKind.True)) return null;

            var resources = root.TryGetProperty("resource_changes", out var all) ? all.EnumerateArray().Select(ResourceChange.Of).ToList() : [];
            var changing = resources.Where(resource => resource.IsChange).ToList();
            return new TerraformPlan(
                changing.Count(resource => resource.Does("create")), changing.Count(resource => resource.Does("update")), changing.Count(resource => resource.Does("delete")),
                [.. changing.Select(resource => $"{string.Join(" and ", resource.Actions)} {resource.Address}")], [.. changing.Select(resource => resource.Difference)],
                resources.Count(resource => resource.IsAsDefined), root.TryGetProperty("output_changes", out var outputs) && outputs.EnumerateObject().Any(output => ResourceChange.ActionsOf(output.Value) is not ["no-op"]));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
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
