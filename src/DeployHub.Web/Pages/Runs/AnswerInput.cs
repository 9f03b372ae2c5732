using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What a form says of a manual step.</summary>
public sealed class AnswerInput
{
    public Stage Stage { get; set; }

    public string Subject { get; set; } = "";

    public int Step { get; set; }

    public int? Attempt { get; set; }

    public ManualAnswer Answer { get; set; }

    public string? Note { get; set; }

    public List<IFormFile> Files { get; set; } = [];

    public Dictionary<string, string?> Values { get; set; } = [];

    public bool IsFor(ManualTask task) => (Stage, Subject, Step) == (task.Stage, task.Subject, task.Step);

    public async Task<AnswerManualStep> ToCommandAsync(string run, CancellationToken cancellationToken) => new(
        run, Stage, Subject, Step, Answer, Note, await FilesAsync(cancellationToken), Values.ToDictionary(value => value.Key, value => value.Value ?? ""), Attempt);

    private async Task<IReadOnlyList<EvidenceFile>> FilesAsync(CancellationToken cancellationToken)
    {
        var files = new List<EvidenceFile>();
        foreach (var file in Files.Where(file => file.Length > 0))
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            files.Add(new EvidenceFile(Path.GetFileName(file.FileName), content.ToArray()));
        }

        return files;
    }
}

/// <summary>The form for one task.</summary>
/// <param name="Address">Of the page whose handler reads it.</param>
/// <param name="Typed">What was typed and refused, for whichever task.</param>
/// <param name="After">Set when the task is not asked for yet: the one that it follows. Only a device that has answered that one shows the form.</param>
public sealed record AnswerForm(string Address, ManualTask Task, AnswerInput Typed, string? After = null);
