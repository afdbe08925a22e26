using System.Text;

namespace Resolver.Execution.Destinations;

/// <summary>The right to change a destination: a locked file in its base folder. The operating system releases it
/// when the process ends, however it ends; the file then stays and names the run that was under way, so that whoever
/// comes next finds it.</summary>
public sealed class PrefixLock : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".resolver.lock";

    private readonly FileStream file;
    private readonly string path;

    private PrefixLock(FileStream file, string path, IReadOnlyList<string> createdFolders)
    {
        this.file = file;
        this.path = path;
        CreatedFolders = createdFolders;
        var bytes = new byte[Math.Min(file.Length, 8192)];
        file.ReadExactly(bytes);
        var left = Encoding.UTF8.GetString(bytes).Trim();
        LeftBy = left.Length > 0 && Path.IsPathRooted(left) ? left : null;
    }

    /// <summary>The folder that is locked, absolute.</summary>
    public string Folder => Path.GetDirectoryName(path)!;

    /// <summary>The run that was under way here when its process died, or is now; null where there is none.</summary>
    public string? LeftBy { get; private set; }

    /// <summary>The folders that did not exist and were made for the lock, the outermost first.</summary>
    public IReadOnlyList<string> CreatedFolders { get; }

    /// <summary>Waits until no one else has it.</summary>
    /// <param name="folder">The base of the destination; made where it does not exist.</param>
    /// <param name="waiting">Called once where someone else has it.</param>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static async Task<PrefixLock> AcquireAsync(string folder, Action? waiting, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            var acquired = TryAcquire(folder);
            if (acquired is not null)
                return acquired;
            if (!told)
                waiting?.Invoke();
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Takes it where no one else has it.</summary>
    /// <returns>Null where someone else has.</returns>
    public static PrefixLock? TryAcquire(string folder)
    {
        var created = CreateFolders(folder);
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            // Whoever had it deletes the file before letting go: a lock on a deleted file keeps no one out.
            if (!IsGone(file))
                return new PrefixLock(file, path, created);
            file.Dispose();
            return null;
        }
        catch (IOException exception)
            when (exception.HResult is EAgainOnLinux or EAgainOnDarwin or SharingViolationOnWindows
                || exception is DirectoryNotFoundException
            )
        {
            return null;
        }
        catch
        {
            Delete(created);
            throw;
        }
    }

    /// <summary>Says which run is under way, or, with null, that it has come to an end that leaves nothing
    /// half-done.</summary>
    internal void Name(string? runFolder)
    {
        // Shortened last: a process that dies in between leaves a name, never half a name of nothing.
        file.Seek(0, SeekOrigin.Begin);
        var name = runFolder is null ? [] : Encoding.UTF8.GetBytes(runFolder + "\n");
        file.Write(name);
        file.SetLength(name.Length);
        file.Flush(flushToDisk: true);
        LeftBy = runFolder;
    }

    /// <summary>Lets go. Nothing of the lock stays, unless a run is named that has not come to its end.</summary>
    public void Dispose()
    {
        try
        {
            if (LeftBy is null)
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty file that no one has locked keeps no one out.
        }
        file.Dispose();
        Delete(CreatedFolders);
    }

    private const int EAgainOnLinux = 11;
    private const int EAgainOnDarwin = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private static bool IsGone(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var link = new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
        return link is not null && link.EndsWith(" (deleted)", StringComparison.Ordinal);
    }

    private static List<string> CreateFolders(string folder)
    {
        var missing = new List<string>();
        for (
            var each = Path.GetFullPath(folder);
            each is not null && !Directory.Exists(each);
            each = Path.GetDirectoryName(each)
        )
            missing.Insert(0, each);
        Directory.CreateDirectory(folder);
        return missing;
    }

    // Only where nothing came into them.
    private static void Delete(IReadOnlyList<string> created)
    {
        foreach (var folder in created.Reverse())
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
