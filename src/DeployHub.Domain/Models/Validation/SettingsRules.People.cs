using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Accepted(Accept accept) =>
    [
        .. Asked(accept, "accepters", accept.Accepters.Count),
        .. When(accept.Criteria.Count is 0 or > Accept.MostCriteria || accept.Criteria.Any(string.IsNullOrWhiteSpace), "criteria", $"write 1 to {Accept.MostCriteria} criteria, each as a sentence that somebody can see to be so.", "A-V7"),
        .. When(accept.Criteria.Distinct().Count() < accept.Criteria.Count, "criteria", "write each criterion once.", "A-V7"),
    ];

    /// <param name="who">The member that names the people.</param>
    private static IEnumerable<(string, string, string)> Asked(AsksPeople asks, string who, int named) =>
    [
        .. When(asks.Question.Trim().Length < 10, "statement", $"write as a sentence what the {who} {(asks is Accept ? "accept" : "confirm")}.", "A-V7"),
        .. When(named == 0, who, $"name at least one {who[..^1]}, by e-mail address or role.", "A-V7"),
        .. asks.AskedOf.Where(name => !IsFilledLater(name) && !name.Contains('@') && !Enum.TryParse<Access.Role>(name, ignoreCase: true, out _))
            .SelectMany(name => When(true, who, $"“{name}” is neither an e-mail address nor a role such as Stakeholder.", "A-V7")),
        .. When(!IsFilledLater(asks.Needed) && (Share.Parse(asks.Needed).Error is not null || Share.Parse(asks.Needed).Value.Number == 0), "quota", "is a share such as 95% or a count of at least 1."),
        .. asks.ReadAt is { } document ? Url(document).Select(remark => (remark.Item1, "document", remark.Item3)) : [],
    ];
}
