import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AccountRole = 'admin' | 'editor' | 'viewer' | 'operator';

/** Someone who can sign in. Each app keeps its own accounts, in its own schema. */
@Entity('account')
export class Account {
  @PrimaryColumn('uuid')
  id: string;

  /** Lower case. */
  @Column('text')
  email: string;

  @Column('text')
  role: AccountRole;

  /** argon2id, in PHC string format. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;
}
