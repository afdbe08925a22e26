using CsCheck;
using Microsoft.Data.Sqlite;
using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>A disk may give back what was never written: nothing of it is believed, and what is wrong in the index is
/// read from the archive.</summary>
[Collection("Indexes")]
public sealed class DamagedIndexTests : IDisposable
{
    private static readonly ScanOptions Settled = ScanOptions.Default with { Now = () => long.MaxValue };

    private readonly Scratch scratch = new();
    private readonly RandomArchive archive;
    private readonly IReadOnlyList<string> expected;
    private readonly string file;

    public DamagedIndexTests()
    {
        archive = new RandomArchive(scratch);
        for (var i = 0; i < 4; i++)
            archive.Fill(i * 11);
        expected = Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default));
        using (var index = ArchiveIndex.InDirectory(scratch["cache"], Assert.Fail))
            index.Scan([archive.Root], Settled);
        file = Directory.EnumerateFiles(scratch["cache"], "*.sqlite").Single();
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Of_an_index_with_any_damaged_byte_a_scan_is_right_and_a_plan_does_not_fail()
    {
        var whole = File.ReadAllBytes(file);
        // Nearly all of a small file is empty.
        var places = Enumerable.Range(0, whole.Length).Where(i => whole[i] != 0).ToArray();
        Gen.Select(Gen.Int[0, places.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (which, difference) =>
                {
                    var damaged = whole.ToArray();
                    damaged[places[which]] ^= difference;
                    foreach (var each in Directory.EnumerateFiles(scratch["cache"]))
                        File.Delete(each);
                    File.WriteAllBytes(file, damaged);
                    var warnings = new List<string>();

                    using (var index = ArchiveIndex.InDirectory(scratch["cache"], warnings.Add))
                    {
                        var source = new ArchiveCandidateSource(
                            index.View([archive.Root], ArchiveDeclarations.None, Settled),
                            []
                        );
                        foreach (var project in source.Projects)
                            source.CandidatesOf(project);
                    }
                    Assert.InRange(warnings.Count, 0, 1);
                    foreach (var each in Directory.EnumerateFiles(scratch["cache"]))
                        File.Delete(each);
                    File.WriteAllBytes(file, damaged);
                    using (var index = ArchiveIndex.InDirectory(scratch["cache"], warnings.Add))
                        Assert.Equal(expected, Described.All(index.Scan([archive.Root], Settled)));
                    Assert.InRange(warnings.Count, 0, 2);
                },
                iter: 80,
                threads: 1
            );
    }

    [Fact]
    public void A_damaged_reading_is_read_and_stored_again_silently()
    {
        var whole = Read();
        Gen.Select(Gen.Int[0, whole.Count - 1], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255], Gen.Bool)
            .Sample(
                (row, place, difference, plans) =>
                {
                    var (id, data) = (whole[row].Id, whole[row].Data.ToArray());
                    data[place % data.Length] ^= difference;
                    Write(id, data);

                    using (var index = ArchiveIndex.InDirectory(scratch["cache"], Assert.Fail))
                    {
                        if (plans)
                        {
                            var (with, without) = (
                                new ArchiveCandidateSource(
                                    index.View([archive.Root], ArchiveDeclarations.None, Settled),
                                    []
                                ),
                                new ArchiveCandidateSource(ArchiveScanner.Scan([archive.Root], ScanOptions.Default))
                            );
                            foreach (var project in without.Projects)
                                Assert.Equal(
                                    without.CandidatesOf(project).Select(Described.Of),
                                    with.CandidatesOf(project).Select(Described.Of)
                                );
                        }
                        Assert.Equal(expected, Described.All(index.Scan([archive.Root], Settled)));
                    }

                    Assert.Equal(
                        whole.Select(each => (each.Id, Convert.ToHexString(each.Data))),
                        Read().Select(each => (each.Id, Convert.ToHexString(each.Data)))
                    );
                },
                iter: 40,
                threads: 1
            );
    }

    [Fact]
    public void A_file_that_could_not_be_read_is_looked_at_the_next_time()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("rights do not bind this user");
            return;
        }
        scratch.Sdist(
            "archive/a/late-1.tar.gz",
            ("late-1/setup.py", "from setuptools import setup\nsetup(name='late', version='1')\n")
        );
        File.SetUnixFileMode(scratch["archive/a/late-1.tar.gz"], UnixFileMode.None);
        for (var run = 0; run < 4; run++)
        {
            if (run == 2)
                File.SetUnixFileMode(scratch["archive/a/late-1.tar.gz"], UnixFileMode.UserRead);
            using var index = ArchiveIndex.InDirectory(scratch["cache"], Assert.Fail);
            Assert.Equal(
                run < 2,
                index
                    .Scan([archive.Root], Settled)
                    .Single(each => each.Path == scratch["archive/a/late-1.tar.gz"])
                    .Problems.Any(problem => problem.Code == "unreadable")
            );
        }
    }

    [Fact]
    public void Indexes_of_former_versions_go_where_nobody_has_used_them_for_long_and_nobody_has_them_open()
    {
        foreach (
            var name in (string[])
                [
                    "archives-0123456789ab",
                    "archives-0123456789ac",
                    "archives-0123456789ad",
                    "archives-mine",
                    "others-0123456789ab",
                ]
        )
        {
            File.Copy(file, scratch[$"cache/{name}.sqlite"]);
            Age(name);
        }
        File.SetLastWriteTimeUtc(scratch["cache/archives-0123456789ac.sqlite"], DateTime.UtcNow);
        using var user = new SqliteConnection(
            $"Data Source={scratch["cache/archives-0123456789ad.sqlite"]};Pooling=False"
        );
        user.Open();
        using var command = user.CreateCommand();
        command.CommandText = "BEGIN; SELECT count(*) FROM file";
        command.ExecuteScalar();
        Age("archives-0123456789ad");
        scratch.Write("cache/archives-0123456789ae.sqlite", "no database");
        Age("archives-0123456789ae");
        File.Delete(file);

        using (var index = ArchiveIndex.InDirectory(scratch["cache"], Assert.Fail))
            index.Scan([archive.Root], Settled);

        Assert.Equal(
            [
                Path.GetFileName(file),
                "archives-0123456789ac.sqlite",
                "archives-0123456789ad.sqlite",
                "archives-0123456789ae.sqlite",
                "archives-mine.sqlite",
                "others-0123456789ab.sqlite",
            ],
            Directory
                .EnumerateFiles(scratch["cache"], "*.sqlite")
                .Select(Path.GetFileName)
                .OrderBy(name => name != Path.GetFileName(file))
                .ThenBy(name => name, StringComparer.Ordinal)
        );

        void Age(string name)
        {
            foreach (var each in Directory.EnumerateFiles(scratch["cache"], name + ".sqlite*"))
            {
                File.SetLastAccessTimeUtc(each, DateTime.UnixEpoch.AddYears(30));
                File.SetLastWriteTimeUtc(each, DateTime.UnixEpoch.AddYears(30));
            }
        }
    }

    private List<(long Id, byte[] Data)> Read()
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, data FROM content ORDER BY id";
        using var rows = command.ExecuteReader();
        var all = new List<(long, byte[])>();
        while (rows.Read())
            all.Add((rows.GetInt64(0), (byte[])rows[1]));
        return all;
    }

    private void Write(long id, byte[] data)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE content SET data = @data WHERE id = @id";
        command.Parameters.AddWithValue("@data", data);
        command.Parameters.AddWithValue("@id", id);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
