using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

internal static class ReviewLookups
{
    public static async Task<Result<Review>> FindReviewAsync(this DeployHubDb db, string number, CancellationToken cancellationToken) =>
        await db.Reviews.SingleOrDefaultAsync(review => review.Number == number, cancellationToken) is { } review ? review : ReviewErrors.NotFound(number);

    /// <summary>The people with these addresses, or a refusal that names one whom nobody knows.</summary>
    public static async Task<Result<IReadOnlyList<Actor>>> ParticipantsAsync(this DeployHubDb db, IEnumerable<string> emails, CancellationToken cancellationToken)
    {
        var people = new List<Actor>();
        foreach (var email in emails.Select(email => email.Trim()).Where(email => email.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)) // of at most twenty
        {
            if (await db.FindPersonAsync(email, cancellationToken) is not { } person) return ReviewErrors.NoSuchPerson(email);
            people.Add(new Actor(person.Id.ToString(), person.DisplayName));
        }

        return people;
    }
}
