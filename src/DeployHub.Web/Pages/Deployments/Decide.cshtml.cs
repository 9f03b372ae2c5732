using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Deployments.Comparing;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>Everything that a decision needs, and the decision, on one screen of a phone.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed partial class DecideModel(ISender sender, Caller caller, TimeProvider clock) : PageModel
{
    private static readonly Error NoBand = Error.Invalid(Error.InvalidInput, nameof(Band), "Say one of Low, Medium and High.");

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Each form has its own, so that no two fields of the page have one name.</summary>
    [BindProperty]
    public string? RiskReason { get; set; }

    [BindProperty]
    public string? DelegationReason { get; set; }

    [BindProperty]
    public string? GlassReason { get; set; }

    [BindProperty]
    public string? PlanDigest { get; set; }

    [BindProperty]
    public RiskBand? Band { get; set; }

    /// <summary>Number of the approval that is passed on.</summary>
    [BindProperty]
    public int? Slot { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Confirmation { get; set; }

    public ShowDeployment.View View { get; private set; } = null!;

    public ShowDecision.View Decision { get; private set; } = null!;

    /// <summary>What windows, freezes and exceptions mean for it.</summary>
    public ShowDeploymentCalendar.View Calendar { get; private set; } = null!;

    /// <summary>Only while nothing has started.</summary>
    public LiveAgainstComing? Live { get; private set; }

    /// <summary>Where an older version would replace a newer one.</summary>
    public IEnumerable<string> StepsBack => Live is null ? [] : Live.Components.Select(component => component.StepBack).OfType<string>();

    public ShowChange.View Change { get; private set; } = new(null);

    public bool MayChangeRisk => View.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled && caller.May(Permission.ChangeRisk);

    /// <summary>What the risk could be judged to be instead.</summary>
    public IEnumerable<SelectListItem> Bands => Enum.GetValues<RiskBand>().Where(band => band != View.Risk?.Band)
        .Select(band => new SelectListItem(band > View.Risk?.Band ? $"{Words.Title(band)}: raise it" : $"{Words.Title(band)}: lower it, which takes an approver who did not plan it", band.ToString()));

    public IEnumerable<SelectListItem> Delegates => Decision.Delegates.Select(other => new SelectListItem(other.Name, other.Email));

    public string What => $"{View.Plan.InWordsAt(View.EnvironmentName)}.";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        View = shown.Value;
        Change = (await sender.Send(new ShowChange(Number), cancellationToken)).Value;
        ViewData["Decision"] = Decision = (await sender.Send(new ShowDecision(Number), cancellationToken)).Value;
        Calendar = (await sender.Send(new ShowDeploymentCalendar(Number), cancellationToken)).Value;
        if (View.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled) Live = (await sender.Send(new ShowLiveAgainstComing(Number), cancellationToken)).Value;
        await LoadEvidenceAsync(cancellationToken);
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new ApproveDeployment(Number, PlanDigest ?? "", Reason), $"You approved {Number}.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new RejectDeployment(Number, PlanDigest ?? "", Reason ?? ""), $"You rejected {Number}; it is a draft again.", cancellationToken);

    public Task<IActionResult> OnPostChangeRiskAsync(CancellationToken cancellationToken) =>
        Band is { } band
            ? AnswerAsync(new ChangeRisk(Number, band, RiskReason ?? ""), $"The risk of {Number} is changed.", cancellationToken, nameof(RiskReason))
            : RefusedAsync(NoBand, cancellationToken);

    public Task<IActionResult> OnPostDelegateAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new DelegateApproval(Number, Slot ?? 0, To ?? "", DelegationReason ?? ""), "They are asked to decide in your place.", cancellationToken, nameof(DelegationReason));

    public Task<IActionResult> OnPostBreakGlassAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new BreakGlass(Number, PlanDigest ?? "", Confirmation ?? "", GlassReason ?? ""), $"{Number} may start. Everybody is told.", cancellationToken, nameof(GlassReason));

    public Task<IActionResult> OnPostApproveLateAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new ApproveLate(Number, PlanDigest ?? "", Reason ?? ""), $"You approved {Number} afterwards.", cancellationToken);

    public Task<IActionResult> OnPostDisagreeLateAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new ApproveLate(Number, PlanDigest ?? "", Reason ?? "", Agrees: false), "That you do not agree is in the record.", cancellationToken);

    /// <param name="reason">The field in which the command's reason was typed.</param>
    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string done, CancellationToken cancellationToken, string reason = nameof(Reason))
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } error) return await RefusedAsync(error with { Fields = error.Fields.ToDictionary(field => field.Key == nameof(Reason) ? reason : field.Key, field => field.Value) }, cancellationToken);

        this.Flash(done);
        return LocalRedirect($"/deployments/{Number}");
    }

    private async Task<IActionResult> RefusedAsync(Error error, CancellationToken cancellationToken) =>
        await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error) : NotFound();
}
