using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Deployments.Clashing;
using DeployHub.Features.Runs;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>One deployment: what it is, what it waits for, what you may do now, and its story.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed partial class DetailsModel(ISender sender, Caller caller) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Each form has its own, so that no two fields of the page have one name.</summary>
    [BindProperty]
    public string? RecallReason { get; set; }

    [BindProperty]
    public string? WithdrawalReason { get; set; }

    [BindProperty]
    public string? PlanDigest { get; set; }

    public ShowDeployment.View View { get; private set; } = null!;

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    /// <summary>The calendar's form can move its slot.</summary>
    public bool MayMove => MayPlan && View.Status is (DeploymentStatus.InReview or DeploymentStatus.Scheduled);

    /// <summary>What windows and freezes mean for it.</summary>
    public ShowDeploymentCalendar.View Calendar { get; private set; } = null!;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ListDryVerifications.Row> Verifications { get; private set; } = [];

    /// <summary>What else happens at the same time; nothing once it is over.</summary>
    public FindClashes.View Clashes { get; private set; } = FindClashes.View.Nothing;
    /// <summary>Environments that an emergency went past.</summary>
    public IReadOnlyList<ShowDecision.Lower> SyncBack { get; private set; } = [];

    /// <summary>The planning form, filled in.</summary>
    public string SyncBackTo(string environment) =>
        $"/deployments/new?Input.Environment={environment}&Input.Model={View.Plan.Model}&Input.Reason={ReasonCode.SyncBack}{string.Concat(View.Plan.Versions.Select(version => $"&Input.Versions={Uri.EscapeDataString(version.Reference)}"))}{string.Concat(RemovalForm.Query(View.Plan.Removal).Select(field => $"&{field.Key}={Uri.EscapeDataString(field.Value)}"))}";

    public AlignmentPart Alignment { get; private set; } = null!;

    public bool MayVerify => View.CanBeVerified && caller.May(Permission.VerifyNow);

    public bool MayStart => caller.May(Permission.StartRuns) && Decision.WhyNotStart is null;

    /// <summary>What the caller may decide, who else could, and why they may not.</summary>
    public ShowDecision.View Decision { get; private set; } = null!;

    /// <summary>A slot waits that the caller may fill.</summary>
    public bool MayApprove => Decision.MayDecide;

    public bool HoldsApproval => View.Approvals.Any(approval => approval is { Status: ApprovalStatus.Approved, IsLate: false } && approval.DecidedBy!.Is(caller.Actor));

    public bool IsOpen => View.Status is DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled;

    public bool CanStart => View.Status is DeploymentStatus.Scheduled && View.Gates.All(gate => gate.IsOpen);

    public string Headline
    {
        get
        {
            var what = $"{View.Plan.InWordsAt(View.EnvironmentName)}";
            var when = View.Slot is { } slot ? $"{slot.Start:ddd d MMM HH:mm} UTC" : "";
            string[] parts = [what == View.Title ? "" : what, when];
            var about = string.Join(", ", parts.Where(part => part.Length > 0));
            return $"{about}{(about.Length > 0 ? ". " : "")}{Next}".Trim();
        }
    }

    private string Next => View.Status switch
    {
        DeploymentStatus.Draft => "Nothing happens until somebody submits it.",
        DeploymentStatus.Scheduled when View is { Plan.Start: StartMode.AtSlot, IsMissed: false, Runs.Count: 0 } && View.Gates.All(gate => gate.IsOpen || gate.Kind is GateKind.Slot) =>
            "It starts by itself at its slot; a person may start it, too.",
        DeploymentStatus.Scheduled when CanStart => "Everything is ready: a deployment practitioner or deployment manager may start it.",
        _ => View.WaitingFor.Count > 0 ? View.WaitingFor[0] : "",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        View = shown.Value;
        Calendar = (await sender.Send(new ShowDeploymentCalendar(Number), cancellationToken)).Value;
        ViewData.KeepInTheWay(Calendar.Warning is not null);
        ViewData["Decision"] = Decision = (await sender.Send(new ShowDecision(Number), cancellationToken)).Value;
        if (View is { Plan.Category: ChangeCategory.Emergency, Outcome: not null }) SyncBack = Decision.SyncBack;
        Alignment = await sender.AlignmentOfAsync(caller, Number, View.Status, new AlignmentInput(), cancellationToken);
        await LoadOutlookAsync(cancellationToken);
        await LoadConditionsAsync(cancellationToken);
        await LoadAftermathAsync(cancellationToken);
        Change = (await sender.Send(new ShowChange(Number), cancellationToken)).Value;
        Incidents = (await sender.Send(new ShowDeploymentIncidents(Number), cancellationToken)).Value;
        Verifications = await sender.Send(new ListDryVerifications(Number, Most: 5), cancellationToken);
        Clashes = (await sender.Send(new FindClashes(Number), cancellationToken)).Value; // of a deployment that was just found
        return Page();
    }

    public Task<IActionResult> OnPostSubmitAsync(CancellationToken cancellationToken) => SubmitAsync(cancellationToken);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new ApproveDeployment(Number, PlanDigest ?? "", Reason), $"You approved {Number}.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new RejectDeployment(Number, PlanDigest ?? "", Reason ?? ""), $"You rejected {Number}; it is a draft again.", cancellationToken);

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellationToken) => AnswerAsync(new WithdrawApproval(Number, WithdrawalReason ?? ""), "Your approval is withdrawn.", cancellationToken, nameof(WithdrawalReason));

    public Task<IActionResult> OnPostRecallAsync(CancellationToken cancellationToken) => AnswerAsync(new RecallDeployment(Number, RecallReason ?? ""), $"{Number} is a draft again.", cancellationToken, nameof(RecallReason));

    /// <param name="with">Number of the other deployment.</param>
    public Task<IActionResult> OnPostAcceptClashAsync(string? with, CancellationToken cancellationToken) =>
        AnswerAsync(new AcceptClash(Number, with ?? "", Reason ?? ""), $"The clash with {with} is accepted.", cancellationToken, "clash-reason");

    public Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken) => AnswerAsync(new CancelDeployment(Number, RecallReason ?? ""), $"{Number} is cancelled.", cancellationToken, nameof(RecallReason));

    public async Task<IActionResult> OnPostPlanResidualAsync(CancellationToken cancellationToken)
    {
        var planned = await sender.Send(new PlanResidual(Number), cancellationToken);
        return planned.Error is { } error ? await RefusedAsync(error, cancellationToken) : LocalRedirect($"/deployments/{planned.Value}");
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken cancellationToken)
    {
        var started = await sender.Send(new StartRun(Number), cancellationToken);
        return started.Error is { } error ? await RefusedAsync(error, cancellationToken) : LocalRedirect($"/deployments/{started.Value.Replace("/R", "/runs/", StringComparison.Ordinal)}");
    }

    public async Task<IActionResult> OnPostVerifyNowAsync(CancellationToken cancellationToken)
    {
        var asked = await sender.Send(new VerifyNow(Number), cancellationToken);
        return asked.Error is { } error ? await RefusedAsync(error, cancellationToken) : LocalRedirect($"/deployments/{asked.Value.Replace("/V", "/verifications/", StringComparison.Ordinal)}");
    }

    /// <param name="reason">Where the command's reason was typed.</param>
    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string done, CancellationToken cancellationToken, string reason = nameof(Reason))
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } error) return await RefusedAsync(error, cancellationToken, reason);

        this.Flash(done);
        return LocalRedirect($"/deployments/{Number}");
    }

    private async Task<IActionResult> RefusedAsync(Error error, CancellationToken cancellationToken, string reason = nameof(Reason)) =>
        await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(OfThisPage(error, reason)) : NotFound();

    /// <summary>The fields of a plan are on the page that edits it; here there are only reasons.</summary>
    private static Error OfThisPage(Error error, string reason) => error with
    {
        Fields = error.Fields.GroupBy(field => field.Key == nameof(Reason) ? reason : "", field => field.Value).ToDictionary(field => field.Key, field => field.SelectMany(messages => messages).ToArray()),
    };
}
