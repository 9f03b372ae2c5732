using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What somebody is asked to confirm or to accept, and the buttons that do it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class AcknowledgementModel(ISender sender, Caller caller) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    [BindProperty(SupportsGet = true)]
    public Stage Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Subject { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int Step { get; set; }

    public ShowAcknowledgement.View Asked { get; private set; } = null!;

    public string Query => $"stage={Stage}&subject={Uri.EscapeDataString(Subject)}&step={Step}";

    public string Address => $"/deployments/{Number}/runs/{N}/acknowledgement?{Query}";

    /// <summary>The criteria that were ticked.</summary>
    [BindProperty]
    public List<string> Met { get; set; } = [];

    /// <summary>Why it is rejected.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public sealed class QuizInput
    {
        /// <summary>From 1.</summary>
        public int Question { get; set; }

        public List<string> Chosen { get; set; } = [];
    }

    public sealed class ExemptionInput
    {
        /// <summary>The id of the reader's account.</summary>
        public string? Person { get; set; }

        public DateOnly? Until { get; set; }

        public string? Reason { get; set; }
    }

    [BindProperty]
    public List<QuizInput> Quiz { get; set; } = [];

    /// <summary>What the reader wants to know.</summary>
    [BindProperty]
    public string? Question { get; set; }

    [BindProperty]
    public bool IsBlocking { get; set; }

    [BindProperty]
    public ExemptionInput Exemption { get; set; } = new();

    /// <summary>What the caller has asked here.</summary>
    public IReadOnlyList<ReaderQuestion> Questions { get; private set; } = [];

    public string QuestionsAddress => $"/deployments/{Number}/runs/{N}/questions";

    public bool IsExempting => Exemption.Person is not null || Exemption.Reason is not null;

    /// <summary>Readers who may be made exempt; nobody where the caller may not do that.</summary>
    public IReadOnlyList<SelectListItem> Absent => !caller.May(Permission.ExemptReaders) || Asked.Criteria is not null || !Asked.TakesExemptions ? []
        : [.. Asked.Readers.Where(reader => reader.ConfirmedAt is null).Select(reader => new SelectListItem(reader.Person.Name, reader.Person.Id))];

    public bool HasChosen(int question, string choice) => Quiz.Any(answer => answer.Question == question + 1 && answer.Chosen.Contains(choice));

    public bool MayResolve(ReaderQuestion question) => Asked.TakesQuestions && question.By.Is(caller.Actor);

    public string Word(ShowAcknowledgement.Row reader) => reader.Status switch
    {
        AcknowledgementStatus.Exempt => $"exempt until {reader.Exemption!.Until:yyyy-MM-dd}: {reader.Exemption.Reason}",
        AcknowledgementStatus.Overdue => "overdue",
        _ => "not yet",
    };

    public string BodyWith(string name, object value) => JsonSerializer.Serialize(new Dictionary<string, object> { ["stage"] = Stage.ToString(), ["subject"] = Subject, ["step"] = Step, [name] = value });

    public string Body => JsonSerializer.Serialize(new { stage = Stage.ToString(), subject = Subject, step = Step });

    /// <summary>Why there is no button.</summary>
    public string WhyNotAsked => Asked.Mine switch
    {
        { ConfirmedAt: not null } => Asked.Criteria is null ? "You have confirmed this." : "You have accepted this.",
        { Status: AcknowledgementStatus.Exempt } when Asked.Until is null => "You are exempt for now.",
        not null when Asked.Until is null => "Nobody is asked to confirm this now.",
        not null => "You are a reader of this, but none of your roles may confirm.",
        null when Asked.Criteria is not null => "You are not among those who accept it; nobody can for others.",
        null => "You are not among the readers; nobody can confirm for others.",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowAcknowledgement($"{Number}/R{N}", Stage, Subject, Step), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Asked = found.Value;
        var asked = await sender.Send(new ListQuestions($"{Number}/R{N}"), cancellationToken);
        Questions = [.. asked.Value.Questions.Where(question => question.By.Is(caller.Actor) && question.Stage == Stage && question.Subject == Subject && question.Step == Step)];
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        SendAsync(new AcknowledgeVersion($"{Number}/R{N}", Stage, Subject, Step), "You have confirmed that you have read and understood this.", cancellationToken);

    /// <summary>What was chosen stays on the page while it is not enough.</summary>
    public async Task<IActionResult> OnPostQuizAsync(CancellationToken cancellationToken)
    {
        var tried = await sender.Send(new AnswerQuiz($"{Number}/R{N}", Stage, Subject, Step, [.. Quiz.Select(answer => new QuizAnswer(answer.Question, answer.Chosen))]), cancellationToken);
        if (tried.Error is null && tried.Value.IsPassed) return Redirect(Address);

        var shown = await OnGetAsync(cancellationToken);
        return Asked is null || tried.Error is null ? shown : this.ShowAgain(tried.Error);
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancellationToken)
    {
        var asked = await sender.Send(new AskQuestion($"{Number}/R{N}", Stage, Subject, Step, Question ?? "", IsBlocking), cancellationToken);
        return await AnsweredAsync(asked.Match(_ => Result.Success, Result.Failed), "Your question is asked. The answer appears here.", "", cancellationToken);
    }

    public Task<IActionResult> OnPostExemptAsync(CancellationToken cancellationToken) =>
        SendAsync(new ExemptReader($"{Number}/R{N}", Stage, Subject, Step, Exemption.Person ?? "", Exemption.Reason ?? "", Exemption.Until ?? default), "Nobody waits for this reader until then.", cancellationToken, nameof(Exemption));

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) =>
        SendAsync(new AcceptVersion($"{Number}/R{N}", Stage, Subject, Step, Met), "You have accepted this.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) =>
        SendAsync(new RejectVersion($"{Number}/R{N}", Stage, Subject, Step, Reason ?? ""), "You have rejected this; the run halts.", cancellationToken);

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string done, CancellationToken cancellationToken, string prefix = "") =>
        await AnsweredAsync(await sender.Send(command, cancellationToken), done, prefix, cancellationToken);

    private async Task<IActionResult> AnsweredAsync(Result result, string done, string prefix, CancellationToken cancellationToken)
    {
        if (result.Error is null)
        {
            this.Flash(done);
            return Redirect(Address);
        }

        var shown = await OnGetAsync(cancellationToken);
        return Asked is null ? shown : this.ShowAgain(result.Error, prefix);
    }
}
