using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>Every way a trust policy says no, and what it says when it is expired.</summary>
public static class TrustPolicyErrors
{
    public static readonly Error DemandsNothing = Error.Invalid(
        "trust-policy.demands-nothing", "Version.Signature.Signature", "A policy that demands nothing binds nobody: say where the signature lies, or the provenance, or both.");

    public static readonly Error NeverValid = Error.Invalid(
        "trust-policy.never-valid", "Version.ValidUntil", "The policy would be expired already. Choose a day still to come.");

    public static readonly Error KeyTaken = Error.Invalid(
        "trust-policy.key-taken", "Key", "Another trust policy has this key. Keys are unique and never change; choose another.") with
    { Kind = ErrorKind.Conflict };

    /// <summary>Who may write trust policies, in words.</summary>
    public static string Keepers { get; } = Words.List(PermissionMatrix.RolesWith(Permission.ManageSettings).Select(role => Words.Of(role)));

    public static Error Withdrawn(string key) =>
        new(ErrorKind.Conflict, "trust-policy.withdrawn", $"The trust policy {key} is withdrawn, and that is for good. Register another one.");

    public static Error AuthorMayNotRelax(TrustPolicyVersion version) => new(
        ErrorKind.Forbidden, "trust-policy.author-may-not-relax",
        $"{version.Author.Name} wrote version {version.Number}, and this would let pass what it refuses: another {Keepers} has to do it.")
    { WhoCould = $"another {Keepers}" };

    public static Error WrongDemands(IReadOnlyList<(string Field, string Sentence)> faults) => new(
        ErrorKind.Invalid, "trust-policy.demands", faults[0].Sentence)
    {
        Fields = faults.GroupBy(fault => fault.Field).ToDictionary(field => field.Key, field => field.Select(fault => fault.Sentence).Distinct().ToArray()),
    };

    public static Error IdentitiesWithoutRoot(string check) => Error.Invalid(
        "trust-policy.identities-without-root", $"Version.{check}.Keys", "Identities count only with a Sigstore root, and none is among the keys. Name it there, too.");

    public static Error NoKeyForProvenance { get; } = Error.Invalid(
        "trust-policy.no-key-for-provenance", "Version.Provenance.Keys", "Provenance is signed by a key in PEM or with a certificate, and neither a PEM key nor a Sigstore root is among the keys.");

    /// <summary>Why an expired policy stands in the way, and who ends that.</summary>
    public static string Expired(string key, int version, DateTimeOffset until, string author) =>
        $"the trust policy {key} v{version} expired on {until:yyyy-MM-dd}, and an expired policy does not relax: an {Keepers} has to renew it ({author} wrote it)";
}
