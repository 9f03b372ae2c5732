namespace DeployHub.Domain.Models.Steps;

/// <summary>Who may sign with a certificate that lives for minutes. In both <c>*</c> stands for any characters, and case counts.</summary>
/// <param name="Subject">The certificate's name, such as <c>https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/*</c> or an e-mail address.</param>
/// <param name="Issuer">Who knew the signer, such as <c>https://token.actions.githubusercontent.com</c>.</param>
public sealed record SignerIdentity(string Subject, string Issuer)
{
    public bool IsMetBy(string subject, string issuer) => Wildcard.Matches(Subject, subject, caseCounts: true) && Wildcard.Matches(Issuer, issuer, caseCounts: true);
}
