using System.Text.Json;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>What our callback plugin tells of a host.</summary>
/// <param name="Kind"><c>changed</c>, <c>failed</c> or <c>unreachable</c> of one task; <c>recap</c> at the end.</param>
/// <param name="Counts">Of a recap.</param>
internal sealed record AnsibleEvent(
    string Kind, string Host, string? Task = null, string? Message = null, int? ExitCode = null, string? Errors = null, IReadOnlyDictionary<string, int>? Counts = null)
{
    private const int LongestWords = 500;

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

    public static async Task<IReadOnlyList<AnsibleEvent>> ReadAsync(string file, CancellationToken cancellationToken) => File.Exists(file)
        ? [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Select(line => JsonSerializer.Deserialize<AnsibleEvent>(line, JsonSerializerOptions.Web)!)]
        : [];

    public int Count(string what) => Counts?.GetValueOrDefault(what) ?? 0;
}
