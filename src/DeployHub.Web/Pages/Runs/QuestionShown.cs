using DeployHub.Domain.Runs;

namespace DeployHub.Web.Pages.Runs;

/// <summary>One question of a reader, and what the one who looks may do about it.</summary>
/// <param name="Address">Of the page that takes the replies.</param>
/// <param name="Typed">What was typed for it.</param>
/// <param name="IsRefused">What was typed for it was refused, and the refusal leads to its field.</param>
public sealed record QuestionShown(ReaderQuestion Question, string Address, bool MayAnswer, bool MayResolve, bool MayOverrule, string? Typed = null, bool IsRefused = false)
{
    public bool TakesReply => Question.Status is QuestionStatus.Open && (MayAnswer || MayResolve || (MayOverrule && Question.IsBlocking));
}
