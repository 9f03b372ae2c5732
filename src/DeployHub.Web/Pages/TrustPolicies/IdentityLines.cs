using DeployHub.Domain.Models.Steps;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>Who may sign by certificate, as people type it: the subject, a space and the issuer, one identity a line.</summary>
internal static class IdentityLines
{
    public static IReadOnlyList<SignerIdentity> Parse(string? text, ModelStateDictionary problems, string field)
    {
        var identities = new List<SignerIdentity>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts is [var subject, var issuer]) identities.Add(new SignerIdentity(subject, issuer));
            else problems.AddModelError(field, $"“{line}” is no identity. Write the subject, a space and the issuer, one identity a line.");
        }

        return identities;
    }

    public static string Format(IReadOnlyList<SignerIdentity>? identities) => string.Join('\n', (identities ?? []).Select(identity => $"{identity.Subject} {identity.Issuer}"));
}
