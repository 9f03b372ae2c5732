using System.Buffers;

namespace DeployHub.Features.Vulnerabilities;

/// <summary>
/// Cuts a stream of JSON into its outermost objects: one, several in lines, or the items of one list. It counts braces outside of texts and reads
/// nothing else; whoever reads an object says what is wrong with it. Holds one object at a time.
/// </summary>
internal sealed class JsonObjects(Stream stream, int mostBytes)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _object = new();
    private int _depth;
    private bool _isText;
    private bool _isEscaped;

    /// <exception cref="UnreadableListException">An object is too large or does not end, or something stands between them.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Read()
    {
        for (int length; (length = stream.Read(_buffer)) > 0;)
            for (var i = 0; i < length; i++)
                if (Take(_buffer[i]))
                {
                    yield return _object.WrittenMemory;
                    _object.ResetWrittenCount();
                }

        if (_depth > 0) throw new UnreadableListException("ends within a record");
    }

    /// <summary>True when an object is whole.</summary>
    private bool Take(byte letter)
    {
        if (_depth == 0)
        {
            if (letter is (byte)'{') _depth = 1;
            else if (!IsBetween(letter)) throw new UnreadableListException("is neither a record of OSV as JSON nor several of them as lines, as a list or as a zip");
            else return false;
        }
        else if (_isText)
        {
            (_isText, _isEscaped) = (_isEscaped || letter is not (byte)'"', !_isEscaped && letter is (byte)'\\');
        }
        else
        {
            _isText = letter is (byte)'"';
            _depth += letter switch { (byte)'{' => 1, (byte)'}' => -1, _ => 0 };
        }

        if (_object.WrittenCount >= mostBytes) throw new UnreadableListException($"has a record of more than {mostBytes / 1024 / 1024} MiB");
        _object.GetSpan(1)[0] = letter;
        _object.Advance(1);
        return _depth == 0;
    }

    private static bool IsBetween(byte letter) => letter is (byte)'[' or (byte)']' or (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF;
}

/// <summary>The whole upload is refused; the message goes on from “The upload”.</summary>
internal sealed class UnreadableListException(string message) : Exception(message);
