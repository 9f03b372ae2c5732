using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.Web.Pages.Shared;

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

    /// <summary>Why somebody does it whom the plan does not name for it.</summary>
    public string? TakenOver { get; set; }

    public Dictionary<string, string?> Values { get; set; } = [];

    public bool IsFor(ManualTask task) => (Stage, Subject, Step) == (task.Stage, task.Subject, task.Step);

    public async Task<AnswerManualStep> ToCommandAsync(string run, CancellationToken cancellationToken) => new(
        run, Stage, Subject, Step, Answer, Note, await FilesAsync(cancellationToken), Values.ToDictionary(value => value.Key, value => value.Value ?? ""), Attempt, TakenOver: TakenOver.OrNull());

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
/// <param name="Action">The page's handler that reads it.</param>
/// <param name="Typed">What was typed and refused, for whichever task.</param>
/// <param name="After">Set when the task is not asked for yet: the one that it follows. Only a device that has answered that one shows the form.</param>
public sealed record AnswerForm(string Action, ManualTask Task, AnswerInput Typed, string? After = null);

/// <summary>A checklist to be shown.</summary>
/// <param name="Run">Address of the run's page; null for who sees nothing but the checklist.</param>
/// <param name="Answer">The handler that reads answers; null for who may not answer.</param>
/// <param name="Confirm">The handler that reads confirmations; null for who may not confirm.</param>
public sealed record Checklist(ShowTasks.View Tasks, string? Run, string? Answer, string? Confirm, AnswerInput Typed)
{
    private const int LongestList = 40;

    public IEnumerable<ShowTasks.Later> Later => Tasks.Later.Take(LongestList);

    public int More => Tasks.Later.Count - Later.Count();
}
