using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployHub.Features.Models.Notation;

/// <summary>Writes a JSON node as YAML that people like to read: short lists in a line, long texts as blocks.</summary>
internal static partial class YamlText
{
    public static string Of(JsonNode node)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithBestWidth(int.MaxValue).WithMaxSimpleKeyLength(1024).WithIndentedSequences());
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, MappingStyle.Block));
                foreach (var (name, value) in members)
                {
                    emitter.Emit(Text(name, isName: true));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, items.All(item => item is JsonValue) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>(), isName: node.Parent is JsonArray));
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, node?.ToJsonString() ?? "null", ScalarStyle.Plain, true, false));
                break;
        }
    }

    /// <param name="isName">A name or an item of a list in a line: never a block.</param>
    private static Scalar Text(string text, bool isName)
    {
        var style = Plain().IsMatch(text) && !LooksLikeAnotherType().IsMatch(text) ? ScalarStyle.Plain
            : !isName && IsBlock(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, style is ScalarStyle.Plain, style is not ScalarStyle.Plain);
    }

    /// <summary>Several lines of printable characters, none beginning or ending with white space, the first not empty.</summary>
    private static bool IsBlock(string text) =>
        text.Contains('\n') && text[0] is not '\n' && text.Split('\n').All(line => line.Trim() == line && line.All(IsPrintable));

    private static bool IsPrintable(char letter) =>
        letter is >= ' ' and <= '~' || (char.IsLetterOrDigit(letter) && !char.IsSurrogate(letter)) || "–—’‘“”„…•°§€→".Contains(letter);

    [GeneratedRegex(@"\A[A-Za-z0-9./][A-Za-z0-9 ./_+()%=@'’“”–-]*(?<! )\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(true|false|yes|no|on|off|null|[-+.]?[0-9][0-9_.,:eExXoO+-]*|\.inf|\.nan|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeAnotherType();
}
