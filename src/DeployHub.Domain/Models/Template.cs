using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models;

/// <summary>
/// Fills <c>${name}</c> in settings when a run starts; <see cref="Placeholder"/> tells every name. What is known only later stays as it is:
/// <c>${step.key.output}</c> until the step is reached, <c>${secret:name}</c> until the worker executes it.
/// </summary>
public static partial class Template
{
    /// <summary>The name of the environment from which this one gets its versions.</summary>
    public const string PromotionSource = "environment.promotionSource";

    /// <summary>Before the name of an entry of the version's content manifest.</summary>
    public const string Manifest = "version.manifest.";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    /// <summary>The same settings with every text in them rewritten.</summary>
    public static StepSettings Rewrite(StepSettings settings, Func<string, string> rewrite)
    {
        var node = JsonSerializer.SerializeToNode(settings, Options)!;
        return Rewrite(node, rewrite) ? node.Deserialize<StepSettings>(Options)! : settings;
    }

    /// <summary>The same settings with every name filled; refused with <c>template.unknown-name</c> when one has no value.</summary>
    public static Result<StepSettings> Fill(StepSettings settings, IReadOnlyDictionary<string, string> values)
    {
        var unknown = new List<string>();
        var filled = Rewrite(settings, text => Fill(text, values, unknown));

        return unknown.Count == 0
            ? filled
            : new Error(ErrorKind.Invalid, "template.unknown-name", $"Nothing gives a value to {string.Join(", ", unknown.Distinct().Select(name => $"${{{name}}}"))}.");
    }

    public static string Fill(string text, IReadOnlyDictionary<string, string> values, ICollection<string> unknown) =>
        Name().Replace(text, match =>
        {
            if (values.TryGetValue(match.Groups[1].Value, out var value)) return value;
            if (match.Groups[1].Value.StartsWith("secret:", StringComparison.Ordinal) || StepOutputs.IsOutput(match.Groups[1].Value)) return match.Value;
            unknown.Add(match.Groups[1].Value);
            return match.Value;
        });

    /// <summary>Every name used in the settings, secrets as <c>secret:name</c>.</summary>
    public static IEnumerable<string> NamesIn(StepSettings settings) => TextsIn(settings).SelectMany(NamesIn).Distinct();

    /// <summary>Every text in the settings.</summary>
    public static IEnumerable<string> TextsIn(StepSettings settings) => Texts(JsonSerializer.SerializeToNode(settings, Options)!);

    /// <summary>Every name used in the text, secrets as <c>secret:name</c>.</summary>
    public static IEnumerable<string> NamesIn(string text) => Name().Matches(text).Select(match => match.Groups[1].Value);

    /// <returns>Whether any text is another one now.</returns>
    private static bool Rewrite(JsonNode node, Func<string, string> rewrite)
    {
        var hasChanged = false;
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                    if (Rewritten(member, rewrite, ref hasChanged) is { } text) members[name] = text;
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (Rewritten(items[i], rewrite, ref hasChanged) is { } text) items[i] = text;
                break;
        }

        return hasChanged;
    }

    /// <returns>What takes the place of a text; null when it stays, and for what holds texts, which are rewritten where they are.</returns>
    private static JsonValue? Rewritten(JsonNode? node, Func<string, string> rewrite, ref bool hasChanged)
    {
        if (node is not JsonValue value)
        {
            hasChanged |= node is not null && Rewrite(node, rewrite);
            return null;
        }

        if (!value.TryGetValue<string>(out var text) || rewrite(text) is not { } now || now == text) return null;
        hasChanged = true;
        return JsonValue.Create(now);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"\$\{([a-zA-Z0-9_.:-]+)\}")]
    private static partial Regex Name();
}
