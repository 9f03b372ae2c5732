using DeployHub.Domain.Models;
using FluentValidation;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>What can be said of named people without looking anybody up.</summary>
internal sealed class PeopleValidator : AbstractValidator<IReadOnlyDictionary<string, IReadOnlyList<string>>>
{
    private const int MostSlots = 50;
    private const int LongestAddress = 320;

    public PeopleValidator()
    {
        RuleFor(people => people).Must(people => people.Count <= MostSlots).WithName("People").OverridePropertyName("People").WithMessage($"People are named for at most {MostSlots} role slots.");
        RuleFor(people => people).Must(people => people.Values.All(emails => emails is not null && emails.Count <= RoleSlot.MostPeople && emails.All(email => email is { Length: <= LongestAddress })))
            .OverridePropertyName("People").WithMessage($"Name at most {RoleSlot.MostPeople} people for a role slot, by their e-mail addresses.");
    }
}
