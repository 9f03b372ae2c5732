using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotentAnswers.Row>
{
    public void Configure(EntityTypeBuilder<IdempotentAnswers.Row> row)
    {
        row.ToTable("idempotency_keys");
        row.HasKey(r => new { r.Identity, r.Key });
        row.Property(r => r.Identity).HasMaxLength(200);
        row.Property(r => r.Key).HasMaxLength(255);
        row.Property(r => r.ContentType).HasMaxLength(200);
        row.Property(r => r.Location).HasMaxLength(2000);
        row.HasIndex(r => r.ClaimedAt);
    }
}
