using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>
/// A content that goes on where its connection broke, if a strong entity tag says that it is still the same (RFC 9110 §13.1.5); else
/// whoever reads has to begin again. It gives up when nothing is gained.
/// </summary>
internal sealed class ResumingStream : Stream
{
    private readonly StoreHttp _http;
    private readonly StoreRequest _request;
    private readonly StoreLimits _limits;
    private readonly Retries _retries;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private EntityTagHeaderValue? _tag;
    private long? _length;
    private long _position;
    private long _gained;
    private TimeSpan _waited;

    private ResumingStream(StoreHttp http, StoreRequest request, StoreLimits limits) => (_http, _request, _limits, _retries) = (http, request, limits, new Retries(limits));

    public static async Task<StoredContent> OpenAsync(StoreHttp http, StoreRequest request, StoreLimits limits, CancellationToken cancellationToken)
    {
        var stream = new ResumingStream(http, request, limits);
        try
        {
            await stream.ConnectAsync(null, cancellationToken);
            return new StoredContent(stream, stream._length);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            Exception broke;
            try
            {
                var read = await ReadPatientlyAsync(buffer, cancellationToken);
                _position += read;
                if (_position > _length) throw new ContentChangedException($"it has more than the {_length:N0} bytes that were announced");
                if (read > 0 || _length is null || _position == _length) return read;
                broke = new IOException("the connection ended early");
            }
            catch (Exception exception) when (Retries.MayHelp(exception, cancellationToken))
            {
                broke = exception;
            }

            await ConnectAsync(broke, cancellationToken);
        }

        return 0;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _response?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Only time spent waiting for the server counts, and only more than a trickle makes it count anew.</summary>
    private async Task<int> ReadPatientlyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var patience = _limits.Idle - _waited;
        var began = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        try
        {
            var read = await _body!.ReadAsync(buffer, limit.Token);
            _waited += Stopwatch.GetElapsedTime(began);
            if ((_gained += read) >= StoreLimits.LeastBytes) (_gained, _waited) = (0, TimeSpan.Zero);
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"less than {StoreLimits.LeastBytes:N0} bytes came in {_limits.Idle.TotalSeconds:0.#} s");
        }
    }

    /// <param name="broke">Why again; null for the first time.</param>
    private async Task ConnectAsync(Exception? broke, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (broke is not null) await _retries.PauseAsync(broke, _request.Address, _position, cancellationToken);
            if (_position > 0 && _tag is null) throw new ContentChangedException("the connection broke, and the server gives no strong ETag by which it could be gone on with");

            _response?.Dispose();
            (_gained, _waited) = (0, TimeSpan.Zero);
            try
            {
                _response = await _http.SendAsync(_position == 0 ? _request : _request with { Rest = (_position, _tag!) }, cancellationToken);
                Accept(_response);
                _body = await _response.Content.ReadAsStreamAsync(cancellationToken);
                return;
            }
            catch (StoreRefusedException refused) when (_position > 0 && refused.Status is HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PreconditionFailed)
            {
                throw new ContentChangedException("the rest is not there any more");
            }
            catch (Exception exception) when (Retries.MayHelp(exception, cancellationToken))
            {
                broke = exception;
            }
        }
    }

    private void Accept(HttpResponseMessage response)
    {
        if (_position > 0 && !IsTheRest(response)) throw new ContentChangedException("the server has another content now, or does not send the rest of this one");
        if (_position > 0) return;
        if (response.StatusCode is not HttpStatusCode.OK) throw new StoreRefusedException($"{Shown.Address(_request.Address)} answers {(int)response.StatusCode}.", response.StatusCode);

        _length = response.Content.Headers.ContentLength;
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
    }

    private bool IsTheRest(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange: { Unit: "bytes" } range }
        && range.From == _position
        && (_length is null || range.Length is null || range.Length == _length)
        && (response.Headers.ETag is null || response.Headers.ETag.Equals(_tag));
}
