using DeployHub.Domain.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class TrustPolicyMapping : IEntityTypeConfiguration<TrustPolicy>
{
    public void Configure(EntityTypeBuilder<TrustPolicy> policy)
    {
        policy.ToTable("trust_policies");
        policy.Property<uint>("Version").IsRowVersion();
        policy.Property(p => p.Key).HasMaxLength(64);
        policy.Property(p => p.Name).HasMaxLength(200);
        policy.Property(p => p.Versions).HasJson();
        policy.Property(p => p.WithdrawnBy).HasJson();
        policy.Ignore(p => p.Newest);
        policy.HasIndex(p => p.Key).IsUnique().HasDatabaseName("ux_trust_policies_key");
        RulesInTheDatabase.Add("ux_trust_policies_key", TrustPolicyErrors.KeyTaken);
    }
}
