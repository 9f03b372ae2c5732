using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Features.Comments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Comments;

/// <summary>What people wrote about one thing, on a page of its own: where the forms of other pages send what is written, and come back with it when it is refused.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public CommentSubject Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public ListComments.View Listed { get; private set; } = null!;

    public string Back => Comment.PathOf(Subject, Key!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var listed = await sender.Send(new ListComments(Subject, Key ?? ""), cancellationToken);
        if (listed.Error is not null) return NotFound();

        Listed = listed.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostWriteAsync(CancellationToken cancellationToken)
    {
        var written = await sender.Send(new WriteComment(Subject, Key ?? "", Text ?? ""), cancellationToken);
        return written.Error is { } error ? await AgainAsync(error, cancellationToken) : LocalRedirect(Back);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken cancellationToken)
    {
        var withdrawn = await sender.Send(new WithdrawComment(id), cancellationToken);
        return withdrawn.Error is { } error ? await AgainAsync(error, cancellationToken) : LocalRedirect(Back);
    }

    public Task<IActionResult> OnPostWatchAsync(WatchSubject watched, CancellationToken cancellationToken) =>
        WatchAsync(new StartWatching(watched, Key ?? ""), watched, $"You are told what happens to {Key}.", cancellationToken);

    public Task<IActionResult> OnPostUnwatchAsync(WatchSubject watched, CancellationToken cancellationToken) =>
        WatchAsync(new StopWatching(watched, Key ?? ""), watched, $"You do not watch {Key} any more.", cancellationToken);

    private async Task<IActionResult> WatchAsync(ICommand<Result> command, WatchSubject watched, string done, CancellationToken cancellationToken)
    {
        if ((await sender.Send(command, cancellationToken)).Error is not null) return NotFound();

        this.Flash(done);
        return LocalRedirect(watched is WatchSubject.Service ? $"/services/{Key}" : $"/deployments/{Key}");
    }

    private async Task<IActionResult> AgainAsync(Error error, CancellationToken cancellationToken) => await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error) : NotFound();
}
