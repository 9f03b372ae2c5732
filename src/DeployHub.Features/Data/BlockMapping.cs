using DeployHub.Domain.Models.Blocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class BlockMapping : IEntityTypeConfiguration<Block>, IEntityTypeConfiguration<BlockVersion>
{
    public void Configure(EntityTypeBuilder<Block> block)
    {
        block.ToTable("blocks");
        block.Property<uint>("Version").IsRowVersion();
        block.Property(b => b.Key).HasMaxLength(64);
        block.Property(b => b.Name).HasMaxLength(200);
        block.HasIndex(b => b.Key).IsUnique().HasDatabaseName("ux_blocks_key");
        RulesInTheDatabase.Add("ux_blocks_key", BlockErrors.KeyTaken);
    }

    public void Configure(EntityTypeBuilder<BlockVersion> version)
    {
        version.ToTable("block_versions");
        version.Property<uint>("Version").IsRowVersion();
        version.Ignore(v => v.Content);
        version.Property(v => v.Said).HasColumnName("content").HasJson();
        version.Property(v => v.Editors).HasJson();
        version.Property(v => v.CreatedBy).HasJson();
        version.Property(v => v.PublishedBy).HasJson();
        version.Property(v => v.History).HasJson();
        version.HasIndex(v => new { v.BlockId, v.Number }).IsUnique().HasDatabaseName("ux_block_versions_number");
        version.HasOne<Block>().WithMany().HasForeignKey(v => v.BlockId).OnDelete(DeleteBehavior.Restrict);
    }
}
