using System.Globalization;
using System.Text.Json;

namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>What the answer of a change tool says, in the shape of its kind. Whatever else is in it is left alone.</summary>
public static class ChangeReading
{
    private const int LongestState = 100, LongestSummary = 300;

    /// <summary>Refused with <c>change-tool.malformed</c> for what is no such answer.</summary>
    /// <param name="number">As it was asked for.</param>
    public static Result<ChangeSeen> Read(ReadOnlyMemory<byte> json, string number, ChangeToolSettings settings)
    {
        try
        {
            using var answer = JsonDocument.Parse(json);
            return settings.Kind is ChangeToolKind.Jira ? OfJira(answer.RootElement, settings) : OfServiceNow(answer.RootElement, number, settings);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // the latter for what only looks like text
        {
            return Malformed(settings, "it is no JSON that could be read");
        }
    }

    /// <summary>
    /// What “not found” is about: true where the tool says that it has no such change, false where nothing like the tool answers at that address, null where
    /// it may be either. Jira lists its messages about an issue, and says what it has no interface for otherwise; ServiceNow says both as an error.
    /// </summary>
    public static bool? SaysUnknown(ReadOnlyMemory<byte> json, ChangeToolKind kind)
    {
        try
        {
            using var answer = JsonDocument.Parse(json);
            return kind is ChangeToolKind.Jira ? HasMessages(answer.RootElement) : ErrorOfServiceNow(answer.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasMessages(JsonElement answer) => Member(answer, "errorMessages") is { ValueKind: JsonValueKind.Array } messages && messages.GetArrayLength() > 0;

    private static bool? ErrorOfServiceNow(JsonElement answer)
    {
        if (Member(answer, "error") is not { } error || Text(error, "message") is not { } message) return false;
        if (message.StartsWith("No Record", StringComparison.OrdinalIgnoreCase)) return true;

        return message.StartsWith("Requested URI", StringComparison.OrdinalIgnoreCase) || message.StartsWith("Invalid table", StringComparison.OrdinalIgnoreCase) ? false : null; // the messages may be in another language
    }

    private static Result<ChangeSeen> OfServiceNow(JsonElement answer, string number, ChangeToolSettings settings)
    {
        if (Member(answer, "result") is not { ValueKind: JsonValueKind.Array } rows) return Malformed(settings, "it has no list “result”");
        if (rows.GetArrayLength() == 0) return ChangeSeen.Unknown;

        var row = rows[0];
        if (!string.Equals(Value(row, "number"), number, StringComparison.OrdinalIgnoreCase)) return Malformed(settings, $"it is not about {number}");
        if (Value(row, "state") is not { Length: > 0 } state) return Malformed(settings, "it says no state, which the secret's user may not be allowed to read");

        var shown = Member(row, "state") is { ValueKind: JsonValueKind.Object } both && Text(both, "display_value") is { Length: > 0 } words ? words : state;
        var approval = Value(row, "approval");
        return new ChangeSeen(
            true, settings.Authorises([shown, state], approval), Cut(shown, LongestState), Cut(approval ?? "", LongestState), Cut(Value(row, "short_description") ?? "", LongestSummary),
            Time(Value(row, "start_date")), Time(Value(row, "end_date")),
            Value(row, "sys_id") is { Length: > 0 } id ? $"{settings.Address.TrimEnd('/')}/change_request.do?sys_id={Uri.EscapeDataString(id)}" : null);
    }

    private static Result<ChangeSeen> OfJira(JsonElement answer, ChangeToolSettings settings)
    {
        if (Text(answer, "key") is not { Length: > 0 } key || Member(answer, "fields") is not { ValueKind: JsonValueKind.Object } fields) return Malformed(settings, "it has no “key” with “fields”");
        if (Member(fields, "status") is not { } status || Text(status, "name") is not { Length: > 0 } state) return Malformed(settings, "it says no status");

        return new ChangeSeen(
            true, settings.Authorises([state], null), Cut(state, LongestState), null, Cut(Text(fields, "summary") ?? "", LongestSummary),
            settings.StartField is { } start ? Time(Text(fields, start)) : null, settings.EndField is { } end ? Time(Text(fields, end)) : null,
            $"{settings.Address.TrimEnd('/')}/browse/{Uri.EscapeDataString(key)}");
    }

    private static Error Malformed(ChangeToolSettings settings, string why) =>
        new(ErrorKind.Conflict, "change-tool.malformed", $"The answer is not one of {settings.Kind}: {why}. Check the address and the kind of the connection.");

    private static JsonElement? Member(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Each field comes with its value and with what people read, or as its value alone.</summary>
    private static string? Value(JsonElement row, string name) => Member(row, name) is { ValueKind: JsonValueKind.Object } both ? Text(both, "value") : Text(row, name);

    /// <summary>What names no zone is UTC.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Cut(string text, int longest) => Words.Beginning(string.Concat(text.Where(letter => !char.IsControl(letter))), longest);
}
