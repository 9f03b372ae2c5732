using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>What a YAML scalar without quotes means to kubectl, which reads YAML 1.1: <c>yes</c> is true and <c>0400</c> is octal.</summary>
internal static partial class PlainScalar
{
    public static JsonValue? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "y" or "Y" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "n" or "N" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ => Whole(text) ?? Fraction(text) ?? JsonValue.Create(text),
    };

    private static JsonValue? Whole(string text)
    {
        var match = WholeNumber().Match(text);
        if (!match.Success) return null;

        var (digits, radix) = match.Groups switch
        {
            var groups when groups["hex"].Success => (groups["hex"].Value, 16),
            var groups when groups["octal"].Success => (groups["octal"].Value, 8),
            var groups when groups["binary"].Success => (groups["binary"].Value, 2),
            var groups => (groups["decimal"].Value, 10),
        };
        var size = digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32($"{digit}", 16));
        var number = text[0] == '-' ? -size : size;
        if (number >= long.MinValue && number <= long.MaxValue) return JsonValue.Create((long)number);

        return number > 0 && number <= ulong.MaxValue ? JsonValue.Create((ulong)number) : null;
    }

    private static JsonValue? Fraction(string text) =>
        RealNumber().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null;

    [GeneratedRegex(@"^[-+]?(0[xX](?<hex>[0-9a-fA-F]{1,16})|0[bB](?<binary>[01]{1,64})|0[oO]?(?<octal>[0-7]{1,22})|(?<decimal>0|[1-9][0-9]{0,19}))\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex RealNumber();
}
