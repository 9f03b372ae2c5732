using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
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
        public int Finding { get; set; }

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

    [BindProperty]
    public VerdictForm Given { get; set; } = new();

    [BindProperty]
    public ClosingForm Closing { get; set; } = new();

    public ShowReview.View Shown { get; private set; } = null!;

    public bool MayHold => caller.May(Permission.HoldReviews);

    public bool MayContribute => caller.May(Permission.ContributeToReviews);

    /// <summary>What is typed about a finding: this time, or what was said of it before.</summary>
    public VerdictForm FormOf(ReviewFinding finding) => Given.Finding == finding.Number
        ? Given
        : new VerdictForm { Finding = finding.Number, Verdict = finding.Given?.Verdict, CauseClass = finding.Given?.CauseClass, Words = finding.Given?.Words };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public Task<IActionResult> OnPostHoldAsync(CancellationToken cancellationToken) => DoAsync(
        new HoldReview(Number, [.. (Holding.Participants ?? "").Split(['\n', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]),
        "is held: say what follows from each signal.", nameof(Holding), cancellationToken);

    public Task<IActionResult> OnPostVerdictAsync(CancellationToken cancellationToken) => DoAsync(
        new GiveVerdict(Number, Given.Finding, Given.Verdict ?? (ReviewVerdict)(-1), Given.CauseClass ?? (CauseClass)(-1), Given.Words ?? ""),
        $"keeps the verdict on finding {Given.Finding}.", nameof(Given), cancellationToken);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancellationToken) =>
        DoAsync(new CloseReview(Number, Closing.Narrative ?? "", Closing.CauseClass), "is closed.", nameof(Closing), cancellationToken);

    private async Task<IActionResult> DoAsync(ICommand<Result> command, string done, string prefix, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // each form binds a part; the command says what is wrong
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
        return null;
    }
}
