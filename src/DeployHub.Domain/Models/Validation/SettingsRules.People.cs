using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Accepted(ModelContent model, Accept accept) =>
    [
        .. Asked(model, accept, "accepters", accept.Accepters.Count),
        .. When(accept.Criteria.Count is 0 or > Accept.MostCriteria || accept.Criteria.Any(string.IsNullOrWhiteSpace), "criteria", $"write 1 to {Accept.MostCriteria} criteria, each as a sentence that somebody can see to be so.", "A-V7"),
        .. When(accept.Criteria.Distinct().Count() < accept.Criteria.Count, "criteria", "write each criterion once.", "A-V7"),
    ];

    private static IEnumerable<(string, string, string)> Acknowledged(ModelContent model, Acknowledge acknowledge) =>
    [
        .. Asked(model, acknowledge, "readers", acknowledge.Readers.Count),
        .. acknowledge.Quiz is { } quiz ? Quizzed(quiz) : When(acknowledge.PassMark is not null, "passMark", "is for a quiz: write its questions, too."),
        .. acknowledge is { Quiz: { } asked, PassMark: { } mark } ? When(!IsFilledLater(mark) && !IsPassMark(mark, asked.Count), "passMark", $"is a count from 1 to {asked.Count}, the number of questions, or a share such as 70%.") : [],
        .. (acknowledge.RemindAfter ?? []).SelectMany(after => When(!IsFilledLater(after) && Duration.Parse(after) is not { Error: null, Value.Ticks: > 0 }, "remindAfter", $"“{after}” is no time to let pass, such as 3d.")),
    ];

    private static IEnumerable<(string, string, string)> Quizzed(IReadOnlyList<QuizQuestion> quiz) =>
    [
        .. When(quiz.Count is 0 or > QuizQuestion.Most, "quiz", $"asks 1 to {QuizQuestion.Most} questions.", "A-V7"),
        .. When(quiz.Select(question => question.Text.Trim()).Distinct().Count() < quiz.Count, "quiz", "asks each question once.", "A-V7"),
        .. quiz.SelectMany((question, index) => Quizzed($"quiz[{index}]", question)),
    ];

    private static IEnumerable<(string, string, string)> Quizzed(string member, QuizQuestion question) =>
    [
        .. When(question.Text.Trim().Length < 5, $"{member}.text", "write the question as a sentence.", "A-V7"),
        .. When(question.Choices.Count is < 2 or > QuizQuestion.MostChoices || question.Choices.Any(string.IsNullOrWhiteSpace), $"{member}.choices", $"offer 2 to {QuizQuestion.MostChoices} choices, none of them empty.", "A-V7"),
        .. When(question.Choices.Distinct().Count() < question.Choices.Count, $"{member}.choices", "offer each choice once.", "A-V7"),
        .. When(question.Right.Count == 0 || question.Right.Except(question.Choices).Any(), $"{member}.right", "says which of the choices are right, letter by letter.", "A-V7"),
    ];

    /// <summary>A step of a slot is done by those whom a plan names, so they have to be allowed to.</summary>
    private static IEnumerable<(string, string, string)> Slot(ModelContent model, string member, string name, Permission needed)
    {
        if (IsFilledLater(name)) return When(true, member, "names a role slot as it stands: a plan has to know it before a run begins.", "A-V7");
        if (model.RoleSlotOf(name) is not { } slot) return When(true, member, $"there is no role slot “{name}”: declare it under roles, with what its people have to be.", "A-V7");
        return When(!PermissionMatrix.Allows([slot.Role], needed), member, $"“{name}” is for {RoleSlot.ARole(slot.Role)}, who may not {Words.Of(needed)}.", "A-V7");
    }

    private static bool IsPassMark(string mark, int questions) => Share.Parse(mark) is { Error: null, Value: { Number: > 0 } share } && (share.IsPercent || share.Number <= questions);

    /// <param name="who">The member that names the people.</param>
    private static IEnumerable<(string, string, string)> Asked(ModelContent model, AsksPeople asks, string who, int named) =>
    [
        .. When(asks.Question.Trim().Length < 10, "statement", $"write as a sentence what the {who} {(asks is Accept ? "accept" : "confirm")}.", "A-V7"),
        .. When(named == 0, who, $"name at least one {who[..^1]}, by e-mail address or role.", "A-V7"),
        .. asks.AskedOf.Where(name => !IsFilledLater(name) && !name.Contains('@') && !Enum.TryParse<Role>(name, ignoreCase: true, out _)).SelectMany(name => model.RoleSlotOf(name) is null
            ? When(true, who, $"“{name}” is neither an e-mail address nor a role such as Stakeholder{(model.Roles is null ? "" : ", and no role slot of this model")}.", "A-V7")
            : Slot(model, who, name, Permission.AcknowledgeVersions)),
        .. When(!IsFilledLater(asks.Needed) && (Share.Parse(asks.Needed).Error is not null || Share.Parse(asks.Needed).Value.Number == 0), "quota", "is a share such as 95% or a count of at least 1."),
        .. asks.ReadAt is { } document ? Url(document).Select(remark => (remark.Item1, "document", remark.Item3)) : [],
    ];
}
