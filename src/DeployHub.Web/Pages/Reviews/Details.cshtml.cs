using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Models.Reviewing;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Reviews;

/// <summary>One review: it is held, each signal gets a verdict, it is closed.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, Caller caller) : PageModel
{
    public sealed class HoldingForm
    {
        /// <summary>E-mail addresses, one a line.</summary>
        public string? Participants { get; set; }
    }

    public sealed class VerdictForm
    {
        public ReviewVerdict? Verdict { get; set; }

        public CauseClass? CauseClass { get; set; }

        public string? Words { get; set; }
    }

    public sealed class ClosingForm
    {
        public string? Narrative { get; set; }

        public CauseClass? CauseClass { get; set; }
    }

    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public HoldingForm Holding { get; set; } = new();

    /// <summary>What is typed about each finding, by its number: all of it is sent with every verdict, so that none of it is lost.</summary>
    [BindProperty]
    public Dictionary<int, VerdictForm> Given { get; set; } = [];

    [BindProperty]
    public ClosingForm Closing { get; set; } = new();

    public ShowReview.View Shown { get; private set; } = null!;

    /// <summary>The finding whose verdict has just been kept.</summary>
    public int? Kept { get; private set; }

    /// <summary>What was typed into a form that the page does not show, because somebody else went on meanwhile; to be copied.</summary>
    public string Unkept
    {
        get
        {
            var (isScheduled, isHeld) = (Shown.Review.Status is ReviewStatus.Scheduled, Shown.Review.Status is ReviewStatus.Held);
            var verdicts = Given.Where(given => !isHeld || !MayContribute || Shown.Findings.All(finding => finding.Number != given.Key)).Select(given => given.Value.Words);
            string?[] typed = [isScheduled && MayHold ? null : Holding.Participants, .. verdicts, isHeld && MayHold ? null : Closing.Narrative];
            return string.Join('\n', typed.Where(text => !string.IsNullOrWhiteSpace(text)));
        }
    }

    /// <summary>Of the deployment that is reviewed, which tests had shown that it works; null for a model's records.</summary>
    public ShowMissingEvidence.View? Evidence { get; private set; }

    public bool MayPropose => caller.May(Permission.ProposeImprovements);

    /// <summary>The form that proposes an improvement, with the deployment and the review as evidence.</summary>
    public string Proposing => $"/improvements/new?model={Shown.Review.Model}{(Shown.Review.Deployment is { } deployment ? $"&evidence={deployment}" : "")}&evidence={Number}";

    public bool MayHold => caller.May(Permission.HoldReviews);

    public bool MayContribute => caller.May(Permission.ContributeToReviews);

    /// <summary>What is typed about a finding: this time, or what was said of it before.</summary>
    public VerdictForm FormOf(ReviewFinding finding) => Given.TryGetValue(finding.Number, out var typed)
        ? typed
        : new VerdictForm { Verdict = finding.Given?.Verdict, CauseClass = finding.Given?.CauseClass, Words = finding.Given?.Words };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public Task<IActionResult> OnPostHoldAsync(CancellationToken cancellationToken) => DoAsync(
        new HoldReview(Number, [.. (Holding.Participants ?? "").Split(['\n', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]),
        "is held: say what follows from each signal.", nameof(Holding), cancellationToken);

    /// <summary>The page comes back with what else is typed on it.</summary>
    public async Task<IActionResult> OnPostVerdictAsync(int finding, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var given = Given.GetValueOrDefault(finding) ?? new VerdictForm();
        var result = await sender.Send(new GiveVerdict(Number, finding, given.Verdict, given.CauseClass, given.Words ?? ""), cancellationToken);
        if (result.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(Said(refusal, finding), $"{nameof(Given)}[{finding}]");

        Kept = finding;
        return await LoadAsync(cancellationToken) ?? Page();
    }

    /// <summary>A finding that is not there has no form to lead to.</summary>
    private Error Said(Error refusal, int finding) => Shown.Findings.Any(known => known.Number == finding) ? refusal : refusal with { Fields = new Dictionary<string, string[]>() };

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancellationToken) =>
        DoAsync(new CloseReview(Number, Closing.Narrative ?? "", Closing.CauseClass), "is closed.", nameof(Closing), cancellationToken);

    private async Task<IActionResult> DoAsync(ICommand<Result> command, string done, string prefix, CancellationToken cancellationToken)
    {
        if (this.Unread(prefix) is { } unread) return await LoadAsync(cancellationToken) ?? this.ShowAgain(unread);

        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal, prefix);

        this.Flash($"{Number} {done}");
        return Redirect($"/reviews/{Number}");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowReview(Number), cancellationToken);
        if (shown.Error is not null) return this.ShowAgain(shown.Error);

        Shown = shown.Value;
        if (Shown.Review.Deployment is { } deployment) Evidence = (await sender.Send(new ShowMissingEvidence(deployment), cancellationToken)).Value;
        return null;
    }
}
