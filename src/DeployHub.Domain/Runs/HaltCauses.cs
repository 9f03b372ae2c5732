namespace DeployHub.Domain.Runs;

public static class HaltCauses
{
    /// <summary>Other bytes than were approved: never waivable (domain §2.4.4).</summary>
    public static bool IsForgery(this HaltCause cause) => cause is HaltCause.DigestMismatch or HaltCause.SignatureInvalid;
}
