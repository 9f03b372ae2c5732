using System.Text;
using System.Text.Json;
using DeployHub.Domain;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>What our callback plugin tells of a host.</summary>
/// <param name="Kind"><c>changed</c>, <c>failed</c>, <c>unreachable</c> or, where nobody can tell and the play goes on, <c>unchecked</c> of one task; <c>recap</c> at the end.</param>
/// <param name="Counts">Of a recap.</param>
/// <param name="Places">Where a changed task found a difference: paths.</param>
/// <param name="Handler">The task only follows from another that changed something.</param>
/// <param name="Time">Which result of a task of that name on that host it is, from one.</param>
/// <param name="Found">Stands for what was there before, so that something else there is another difference.</param>
internal sealed record AnsibleEvent(
    string Kind, string Host, string? Task = null, string? Message = null, int? ExitCode = null, string? Errors = null, IReadOnlyDictionary<string, int>? Counts = null, IReadOnlyList<string>? Places = null, string? Found = null, bool Handler = false, int Time = 1)
{
    private const int LongestWords = 500, LongestPlaces = 300;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Why the task failed, on one line.</summary>
    public string Why
    {
        get
        {
            var lastError = Errors?.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line));
            var words = (string?[])[Message, ExitCode is { } code and not 0 ? $"exit code {code}" : null, lastError];
            var why = string.Join(": ", words.Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => word!.ReplaceLineEndings(" ").Trim().TrimEnd('.')));
            return why.Length switch { 0 => "its output says why", <= LongestWords => why, _ => $"{why[..LongestWords]} …" };
        }
    }

    /// <summary>What check mode found, in words that follow “is”.</summary>
    public string Observed
    {
        get
        {
            string?[] details = [Places is { Count: > 0 } ? Words.Beginning(string.Join(", ", Places), LongestPlaces) : null, Found is null ? null : $"now {Found}"];
            var told = string.Join(", ", details.OfType<string>());
            return Printable.Of(told.Length == 0 ? "undone" : $"undone ({told})").ReplaceLineEndings(" ").Replace('\t', ' ');
        }
    }

    /// <returns>Nothing when the file is not whole: what is missing in it could be a failure.</returns>
    public static async Task<IReadOnlyList<AnsibleEvent>> ReadAsync(string file, CancellationToken cancellationToken) =>
        File.Exists(file) && new FileInfo(file).Length <= MostBytes ? Parse(await File.ReadAllBytesAsync(file, cancellationToken)) : [];

    /// <summary>One JSON object a line; nothing when a line is none.</summary>
    public static IReadOnlyList<AnsibleEvent> Parse(byte[] lines)
    {
        try
        {
            var events = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<AnsibleEvent>(line, JsonSerializerOptions.Web)).ToList();
            return events.TrueForAll(known => known is { Kind: not null, Host: not null }) ? [.. events.OfType<AnsibleEvent>()] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public int Count(string what) => Counts?.GetValueOrDefault(what) ?? 0;
}
