namespace DeployHub.Domain.Models.Steps;

/// <summary>Who may sign with a certificate that lives for minutes. In both <c>*</c> stands for any characters, in the subject for any but <c>@</c>, and case counts.</summary>
/// <param name="Subject">The certificate's name, such as <c>https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/*</c> or an e-mail address.</param>
/// <param name="Issuer">Who knew the signer, such as <c>https://token.actions.githubusercontent.com</c>.</param>
public sealed record SignerIdentity(string Subject, string Issuer)
{
    /// <summary>A pattern with <c>://</c> is met by addresses only, and no other is: a name of another kind could be written like one.</summary>
    /// <param name="isUri">The certificate gives its subject as a URI.</param>
    public bool IsMetBy(string subject, bool isUri, string issuer) =>
        Subject.Contains("://", StringComparison.Ordinal) == isUri && IsSubject(subject) && Wildcard.Matches(Issuer, issuer, caseCounts: true);

    /// <summary>Part by part: a branch may be named <c>x@refs/tags/v1</c>, and must not pass for a tag.</summary>
    private bool IsSubject(string subject)
    {
        var (patterns, parts) = (Subject.Split('@'), subject.Split('@'));
        return patterns.Length == parts.Length && patterns.Zip(parts).All(pair => Wildcard.Matches(pair.First, pair.Second, caseCounts: true));
    }
}
