using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using DeployHub.Web.Hosting;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What people do by hand in one run, for a phone in one hand: the next task first. <c>tasks.js</c> lets it be answered without a network.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class TasksModel(ISender sender, Caller caller) : PageModel
{
    private const int LongestList = 40;

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    public ShowTasks.View Tasks { get; private set; } = null!;

    public bool MayAnswer => caller.May(Permission.PerformManualSteps);

    /// <summary>Whose answers wait on the device: nobody sends what somebody else has answered.</summary>
    public Actor Person => caller.Actor;

    public string Address => $"{Run}/tasks";

    public string Run => $"/deployments/{Number}/runs/{N}";

    public IEnumerable<ShowTasks.Later> Later => Tasks.Later.Take(LongestList);

    public int More => Tasks.Later.Count - Later.Count();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>The part of the page that changes while the run moves.</summary>
    public async Task<IActionResult> OnGetStateAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Partial("_Tasks", this) : NotFound();

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken)
    {
        var result = await sender.Send(await Answer.ToCommandAsync($"{Number}/R{N}", cancellationToken), cancellationToken);
        if (result.Error is { } error) return await LoadAsync(cancellationToken) ? this.ShowAgain(error, nameof(Answer)) : NotFound();

        this.Flash($"“{Words.Title(Answer.Answer)}” is recorded for {Answer.Subject}.");
        return LocalRedirect(Address);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowTasks($"{Number}/R{N}"), cancellationToken);
        if (shown.Error is not null) return false;

        Tasks = shown.Value;
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(Tasks.Now.Concat(Tasks.Later.Select(later => later.Task)).Select(task => task.Picture).OfType<string>());
        return true;
    }
}
