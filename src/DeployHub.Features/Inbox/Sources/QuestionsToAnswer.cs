using DeployHub.Domain.Access;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>What readers of a run ask, for whoever may answer them.</summary>
internal static class QuestionsToAnswer
{
    public static IEnumerable<InboxItem> On(Desk desk) =>
        from found in desk.Open
        where found.Run is { IsOver: false, QuestionsInWords: not null } && desk.May(Permission.AnswerQuestions, found)
        select found.Item(InboxKind.Question, $"Readers ask: {found.Run!.QuestionsInWords}.", found.Deployment.Slot?.End, $"{found.RunPath}/questions");
}
