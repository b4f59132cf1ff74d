package dev.cloudobjects.storage;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import org.eclipse.persistence.nosql.annotations.DataFormatType;
import org.eclipse.persistence.nosql.annotations.Field;
import org.eclipse.persistence.nosql.annotations.NoSql;

/** An entity for the tests of this package. */
@Entity
@NoSql(dataType = "notes", dataFormat = DataFormatType.MAPPED)
public class Note {

    static final Schema SCHEMA = new Schema() {
        @Override
        public List<Class<?>> entities() {
            return List.of(Note.class);
        }

        @Override
        public List<Index> indexes() {
            return List.of(new Index("notes", "title", true), new Index("notes", "author", false));
        }
    };

    @Id
    @Field(name = "_id")
    String id = "";

    @Field(name = "title")
    String title = "";

    @Field(name = "author")
    String author = "";

    protected Note() {}

    Note(String id, String title, String author) {
        this.id = id;
        this.title = title;
        this.author = author;
    }
}
