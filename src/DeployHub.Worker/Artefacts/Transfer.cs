using System.Security.Cryptography;
using DeployHub.Domain;
using Microsoft.Win32.SafeHandles;

namespace DeployHub.Worker.Artefacts;

/// <summary>One pass over an artefact's bytes, in the memory of two pieces: while one is hashed it is written and the next is read.</summary>
internal static class Transfer
{
    private const int Piece = 1024 * 1024;

    /// <param name="into">Null when only the digest is wanted.</param>
    /// <exception cref="NoRoomException">The disk filled up meanwhile.</exception>
    /// <returns>No digest when there are more bytes than are wanted; the size is then what was read so far.</returns>
    public static async Task<(Digest? Digest, long Size)> RunAsync(Stream from, SafeFileHandle? into, long mostBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (current, next) = (GC.AllocateUninitializedArray<byte>(Piece), GC.AllocateUninitializedArray<byte>(Piece));
        var size = 0L;
        for (var length = await ReadAsync(current).WaitAsync(cancellationToken); length > 0; (current, next) = (next, current))
        {
            if (size + length > mostBytes) return (null, size + length);

            var reading = ReadAsync(next);
            var writing = into is null ? Task.CompletedTask : WriteAsync(into, current.AsMemory(0, length), size, cancellationToken);
            hash.AppendData(current, 0, length);
            await Task.WhenAll(reading, writing).WaitAsync(cancellationToken); // a file server that has gone is not waited for
            size += length;
            length = await reading;
        }

        return (Digest.OfHash(hash.GetHashAndReset()), size);

        Task<int> ReadAsync(byte[] piece) => from.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, cancellationToken).AsTask();
    }

    private static async Task WriteAsync(SafeFileHandle into, ReadOnlyMemory<byte> piece, long at, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(into, piece, at, cancellationToken);
        }
        catch (IOException exception) when (NoRoomException.Is(exception))
        {
            throw new NoRoomException("its disk is full");
        }
    }
}
