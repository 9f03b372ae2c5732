using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Workers;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>Readable for everybody who sees deployments: whoever waits for a run asks who could do it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class WorkersModel(ISender sender, Caller caller) : PageModel
{
    /// <summary>How many target runs a row names; the rest is a number.</summary>
    internal const int HeldShown = 8;

    private const int HashShown = 7;

    public IReadOnlyList<ListWorkers.Row> Workers { get; private set; } = [];

    public bool MayDrain => caller.RefusalOf(Permission.DrainWorkers, service: null, environment: null) is null;

    /// <summary>For the calls in the drawer.</summary>
    public string Example => Workers.Count > 0 ? Uri.EscapeDataString(Workers[0].Name) : "worker-1";

    public async Task OnGetAsync(CancellationToken cancellationToken) => Workers = await sender.Send(new ListWorkers(), cancellationToken);

    public async Task<IActionResult> OnGetStateAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync(cancellationToken);
        return Partial("_Workers", this);
    }

    public async Task<IActionResult> OnPostDrainAsync(string name, CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new DrainWorker(name), cancellationToken), $"{name} takes nothing new and finishes what it has.", cancellationToken);

    public async Task<IActionResult> OnPostResumeAsync(string name, CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new ResumeWorker(name), cancellationToken), $"{name} takes work again.", cancellationToken);

    /// <summary>Its last heartbeat may be older than what it took since; who is gone uses none.</summary>
    internal static int InUse(ListWorkers.Row worker) => worker.State is WorkerState.Silent or WorkerState.Stopped ? 0 : Math.Max(worker.HandsInUse, worker.Holds.Count);

    /// <summary><c>1.0.0+30c2f64cc3d9…</c> becomes <c>1.0.0+30c2f64</c>: enough to tell two builds apart.</summary>
    internal static string Short(string productVersion) =>
        productVersion.Split('+') is [var version, { Length: > HashShown } hash] ? $"{version}+{hash[..HashShown]}" : productVersion;

    private async Task<IActionResult> AnswerAsync(Result done, string sentence, CancellationToken cancellationToken)
    {
        if (done.Error is { } error)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(error);
        }

        this.Flash(sentence);
        return RedirectToPage();
    }
}
