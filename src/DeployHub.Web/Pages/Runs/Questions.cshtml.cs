using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What readers of a run ask, and what is answered.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class QuestionsModel(ISender sender, Caller caller) : PageModel
{
    public sealed class ReplyInput
    {
        /// <summary>Of the question.</summary>
        public int Number { get; set; }

        public string? Text { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    [BindProperty]
    public ReplyInput Reply { get; set; } = new();

    public ListQuestions.View Asked { get; private set; } = null!;

    public string Address => $"/deployments/{Number}/runs/{N}/questions";

    private string Run => $"{Number}/R{N}";

    public QuestionShown Shown(ReaderQuestion question) => new(
        question, Address, !Asked.IsOver && caller.May(Permission.AnswerQuestions), !Asked.IsOver && (caller.May(Permission.AnswerQuestions) || question.By.Is(caller.Actor)),
        !Asked.IsOver && caller.May(Permission.PromotePhases), Reply.Number == question.Number ? Reply.Text : null, Reply.Number == question.Number);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ListQuestions(Run), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Asked = found.Value;
        return Page();
    }

    public Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken) =>
        SendAsync(new AnswerQuestion(Run, Reply.Number, Reply.Text ?? ""), $"Question {Reply.Number} is answered.", cancellationToken);

    public Task<IActionResult> OnPostResolveAsync(CancellationToken cancellationToken) =>
        SendAsync(new ResolveQuestion(Run, Reply.Number, Reply.Text ?? ""), $"Question {Reply.Number} is resolved.", cancellationToken);

    public Task<IActionResult> OnPostOverruleAsync(CancellationToken cancellationToken) =>
        SendAsync(new OverruleQuestion(Run, Reply.Number, Reply.Text ?? ""), $"Question {Reply.Number} is overruled.", cancellationToken);

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is null)
        {
            this.Flash(done);
            return LocalRedirect(Address);
        }

        return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(result.Error, nameof(Reply)) : NotFound();
    }
}
