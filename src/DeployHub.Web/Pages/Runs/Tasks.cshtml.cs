using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
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
    public sealed class LinkInput
    {
        public string Name { get; set; } = "";

        public string Organisation { get; set; } = "";

        /// <summary>UTC.</summary>
        public DateTime? ExpiresAt { get; set; }

        public List<string> Steps { get; set; } = [];
    }

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public LinkInput Link { get; set; } = new();

    [BindProperty]
    public Guid Revoked { get; set; }

    public ShowTasks.View Tasks { get; private set; } = null!;

    /// <summary>Shown this once.</summary>
    public string? MadeLink { get; private set; }

    public string? MadeFor { get; private set; }

    public Checklist Checklist => new(Tasks, Run, MayAnswer ? $"{Address}?handler=Answer" : null, MayAnswer ? $"{Address}?handler=Confirm" : null, Answer);

    public bool MayAnswer => caller.May(Permission.PerformManualSteps);

    /// <summary>Whose answers wait on the device: nobody sends what somebody else has answered.</summary>
    public Actor Person => caller.Actor;

    public string Name => $"{Number}/R{N}";

    public string Address => $"{Run}/tasks";

    public string Run => $"/deployments/{Number}/runs/{N}";

    /// <summary>As the form names a step.</summary>
    public static string NameOf(ManualTask task) => $"{task.Stage}/{task.Step}/{task.Subject}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>The part of the page that changes while the run moves.</summary>
    public async Task<IActionResult> OnGetStateAsync(CancellationToken cancellationToken)
    {
        Response.Headers["X-Person"] = Person.Id; // answers on the device go with their own person's sign-in only
        return await LoadAsync(cancellationToken) ? Partial("_Tasks", Checklist) : NotFound();
    }

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken) =>
        await SendAsync(await Answer.ToCommandAsync(Name, cancellationToken), nameof(Answer), $"“{Words.Title(Answer.Answer)}” is recorded for {Answer.Subject}.", cancellationToken);

    public Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken) =>
        SendAsync(new ConfirmManualStep(Name, Answer.Stage, Answer.Subject, Answer.Step, Answer.Attempt), nameof(Answer), $"It is confirmed for {Answer.Subject}.", cancellationToken);

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken cancellationToken) => SendAsync(new RevokeSupplierLink(Name, Revoked), "", "The link is revoked.", cancellationToken);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellationToken)
    {
        var expires = Link.ExpiresAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : (DateTimeOffset?)null;
        var made = await sender.Send(new MakeSupplierLink(Name, Link.Name, Link.Organisation, [.. Link.Steps.Select(StepOf).OfType<LinkedStep>()], expires), cancellationToken);
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (made.Error is { } error) return this.ShowAgain(error, nameof(Link));

        (MadeLink, MadeFor) = ($"{Request.Scheme}://{Request.Host}/by-link?token={made.Value}", Link.Name);
        Link = new LinkInput();
        ModelState.Clear();
        return Page();
    }

    private static LinkedStep? StepOf(string name) =>
        name.Split('/', 3) is [var stage, var step, var subject] && Enum.TryParse<Stage>(stage, out var known) && int.TryParse(step, out var number) ? new LinkedStep(known, subject, number) : null;

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string prefix, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } error) return await LoadAsync(cancellationToken) ? this.ShowAgain(error, prefix) : NotFound();

        this.Flash(done);
        return LocalRedirect(Address);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowTasks(Name), cancellationToken);
        if (shown.Error is not null) return false;

        Tasks = shown.Value;
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(Tasks.Now.Concat(Tasks.Later.Select(later => later.Task)).Select(task => task.Picture).OfType<string>());
        return true;
    }
}
