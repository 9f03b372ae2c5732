using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Models.Improving;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>One improvement: what it rests on, what came of it, and what can be done next.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    /// <summary>The row version that was looked at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    [BindProperty]
    public AssessmentForm Assessing { get; set; } = new();

    [BindProperty]
    public DeclineForm Declining { get; set; } = new();

    [BindProperty]
    public MergeForm Merging { get; set; } = new();

    [BindProperty]
    public AcceptanceForm Accepting { get; set; } = new();

    [BindProperty]
    public StartForm Starting { get; set; } = new();

    [BindProperty]
    public EvaluationForm Evaluating { get; set; } = new();

    public ShowImprovement.View View { get; private set; } = null!;

    /// <summary>What was typed for a move that is not possible any more, and whose form is gone; to be copied.</summary>
    public string Unkept { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostAssessAsync(CancellationToken cancellationToken) => MoveAsync(
        new AssessImprovement(Number, Assessing.Value, Assessing.Effort, Assessing.Risk, Assessing.Note, Assessing.Hypothesis, Seen),
        "is assessed.", nameof(Assessing), cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellationToken) =>
        MoveAsync(new DeclineImprovement(Number, Declining.Reason ?? "", Seen), "is declined; its proposer reads why.", nameof(Declining), cancellationToken);

    public Task<IActionResult> OnPostMergeAsync(CancellationToken cancellationToken) =>
        MoveAsync(new MergeImprovement(Number, Merging.Into ?? "", Seen), $"goes on as {Merging.Into?.Trim()}.", nameof(Merging), cancellationToken);

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) => MoveAsync(
        new AcceptImprovement(Number, Accepting.Owner ?? "", Accepting.Due, Accepting.Metric, Accepting.Target ?? "", Accepting.Reason, Seen),
        "is accepted.", nameof(Accepting), cancellationToken);

    public Task<IActionResult> OnPostStartAsync(CancellationToken cancellationToken) => StartAsync(new StartImprovement(Number, Seen: Seen), cancellationToken);

    public Task<IActionResult> OnPostStartElsewhereAsync(CancellationToken cancellationToken) =>
        StartAsync(new StartImprovement(Number, Starting.TaskLink?.Trim() ?? "", Seen), cancellationToken);

    public Task<IActionResult> OnPostDeliverAsync(CancellationToken cancellationToken) => MoveAsync(new DeliverImprovement(Number, Seen), "is delivered.", "", cancellationToken);

    public Task<IActionResult> OnPostEvaluateAsync(CancellationToken cancellationToken) =>
        MoveAsync(new EvaluateImprovement(Number, Evaluating.Verdict, Evaluating.Reason, Seen), "is evaluated.", nameof(Evaluating), cancellationToken);

    private async Task<IActionResult> StartAsync(StartImprovement command, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var started = await sender.Send(command, cancellationToken);
        var done = started.Error is null && started.Value.Version is { } version ? $"is written in v{version}." : "is in progress.";
        return await AnswerAsync(started.Error, done, nameof(Starting), cancellationToken);
    }

    private async Task<IActionResult> MoveAsync(ICommand<Result> command, string done, string prefix, CancellationToken cancellationToken)
    {
        if (!IsReadable(prefix)) return await LoadAsync(cancellationToken) ? Page() : NotFound();

        return await AnswerAsync((await sender.Send(command, cancellationToken)).Error, done, prefix, cancellationToken);
    }

    /// <summary>Each move sends its own form; what the others say does not count. A day that is no day is said at its field.</summary>
    private bool IsReadable(string prefix)
    {
        foreach (var other in ModelState.Keys.Where(key => prefix.Length == 0 || !key.StartsWith($"{prefix}.", StringComparison.Ordinal)).ToList()) ModelState.Remove(other);
        return ModelState.IsValid;
    }

    private async Task<IActionResult> AnswerAsync(Error? refusal, string done, string prefix, CancellationToken cancellationToken)
    {
        if (refusal is { Code: "improvement.cannot-move" }) Unkept = string.Join('\n', Typed(prefix).Where(text => !string.IsNullOrWhiteSpace(text)));
        if (refusal is not null) return await LoadAsync(cancellationToken) ? this.ShowAgain(refusal, prefix) : NotFound();

        this.Flash($"{Number} {done}");
        return LocalRedirect($"/improvements/{Number}");
    }

    private string?[] Typed(string prefix) => prefix switch
    {
        nameof(Assessing) => [Assessing.Note, Assessing.Hypothesis],
        nameof(Declining) => [Declining.Reason],
        nameof(Accepting) => [Accepting.Owner, Accepting.Target, Accepting.Reason],
        nameof(Starting) => [Starting.TaskLink],
        nameof(Evaluating) => [Evaluating.Reason],
        _ => [],
    };

    /// <summary>What is known stands in every form that was not sent: the next one sent must not wipe it.</summary>
    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowImprovement(Number), cancellationToken);
        if (shown.Error is not null) return false;

        View = shown.Value;
        Assessing.Hypothesis ??= View.Hypothesis;
        Evaluating.Verdict ??= View.Suggested;
        return true;
    }
}
