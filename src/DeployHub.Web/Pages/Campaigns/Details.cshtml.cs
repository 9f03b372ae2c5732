using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.Campaigns;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Campaigns;

/// <summary>One campaign: its deployments wave by wave, what each waits for, and the one decision.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, Caller caller) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? PlansDigest { get; set; }

    /// <summary>For a go or no-go.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>For a move.</summary>
    [BindProperty]
    public string? Because { get; set; }

    /// <summary>The row version that was looked at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    public ShowCampaign.View View { get; private set; } = null!;

    public bool MayDecide => caller.May(Permission.ApprovePlans);

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    public bool IsOpen => View.Status is not (CampaignStatus.Completed or CampaignStatus.Cancelled);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostGoAsync(CancellationToken cancellationToken) => DecideAsync(GoNoGo.Go, $"{Number} has your go.", cancellationToken);

    public Task<IActionResult> OnPostNoGoAsync(CancellationToken cancellationToken) => DecideAsync(GoNoGo.NoGo, $"{Number} is stopped; what runs goes on.", cancellationToken);

    public Task<IActionResult> OnPostPauseAsync(CancellationToken cancellationToken) => MoveAsync(new PauseCampaign(Number, Because ?? "", Seen), "is paused; what runs goes on.", cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken) => MoveAsync(new ResumeCampaign(Number, Because ?? "", Seen), "goes on.", cancellationToken);

    public Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken) => MoveAsync(new CancelCampaign(Number, Because ?? "", Seen), "is given up; its deployments stay.", cancellationToken);

    private async Task<IActionResult> DecideAsync(GoNoGo verdict, string done, CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(new DecideCampaign(Number, verdict, PlansDigest ?? "", Reason), cancellationToken)).Error, done, cancellationToken);

    private async Task<IActionResult> MoveAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        var refusal = (await sender.Send(command, cancellationToken)).Error;
        return await AnswerAsync(refusal is null ? null : refusal with { Fields = refusal.Fields.ToDictionary(field => field.Key == nameof(Reason) ? nameof(Because) : field.Key, field => field.Value) }, $"{Number} {done}", cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(Error? refusal, string done, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (refusal is not null) return await LoadAsync(cancellationToken) ? this.ShowAgain(refusal) : NotFound();

        this.Flash(done);
        return LocalRedirect($"/campaigns/{Number}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowCampaign(Number), cancellationToken);
        if (shown.Error is null) View = shown.Value;
        return shown.Error is null;
    }
}
